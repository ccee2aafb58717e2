// Keeps what works without a connection. Nothing personal is ever kept here: personal pages always come from the server.
const TOLD = {{ told|safe }};
const SHELL = `shell-${TOLD.version}`, LEARN = "learn", MOST_PAGES = 30, WAIT_MS = 3000;
const FILES = new Set(TOLD.files);

self.addEventListener("install", (event) => {
  const wanted = [...TOLD.pages, ...TOLD.files].map((url) => new Request(url, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(wanted)));
});
self.addEventListener("activate", (event) => {
  const drop = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(drop());
});
// A page says when: a new version never takes over by itself.
self.addEventListener("message", (event) => {
  if (event.data === "skip") self.skipWaiting();
});
// The queue lives in the pages; this only wakes them.
self.addEventListener("sync", (event) => {
  const wake = async () => {
    for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage("flush");
  };
  event.waitUntil(wake());
});

// A page of a café's network, or of nobody, is not an answer of ours: each of ours carries this header.
const isOurs = (response) => response.type === "opaqueredirect" || (response.status < 500 && response.headers.has("Cross-Origin-Resource-Policy"));
const ask = async (request, ms) => {
  const stop = new AbortController();
  const timer = ms ? setTimeout(() => stop.abort(), ms) : 0;
  try { return await fetch(request, { signal: stop.signal }); } finally { clearTimeout(timer); }
};
const keptPage = async (path) => (await (await caches.open(SHELL)).match(path)) ?? Response.error();

const screen = async (request, path) => {
  try {
    const response = await ask(request, WAIT_MS);
    if (isOurs(response)) return response;
  } catch { /* no answer in time: the kept page */ }
  return keptPage(TOLD.standsIn[path]);
};
const learn = async (request) => {
  const cache = await caches.open(LEARN);
  try {
    const response = await ask(request);
    if (response.ok && isOurs(response) && !response.redirected && !response.headers.get("Cache-Control")?.includes("no-store")) {
      await cache.put(request.url.split("?")[0], response.clone());
      const names = await cache.keys();
      await Promise.all(names.slice(0, Math.max(0, names.length - MOST_PAGES)).map((name) => cache.delete(name)));
    }
    return response;
  } catch { return (await cache.match(request, { ignoreSearch: true })) ?? keptPage(TOLD.offline); }
};
const other = async (request) => {
  try { return await ask(request); } catch { return keptPage(TOLD.offline); }
};
const file = async (request) => (await (await caches.open(SHELL)).match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (url.origin !== self.location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (url.pathname in TOLD.standsIn) event.respondWith(screen(request, url.pathname));
    else if (url.pathname.startsWith("/learn/")) event.respondWith(learn(request));
    else event.respondWith(other(request));
  } else if (FILES.has(url.pathname)) event.respondWith(file(request));
});

// A reminder says the same few words whatever it is about; only its two buttons know which one it was.
self.addEventListener("push", (event) => {
  let data = {};
  try { data = event.data?.json() ?? {}; } catch { /* no buttons then */ }
  const actions = data.snooze && data.stop ? [{ action: "snooze", title: "In an hour" }, { action: "stop", title: "Stop these" }] : [];
  const body = data.last ? "Your reminders rest now. Switch them on again whenever you like." : "You have a reminder";
  event.waitUntil(self.registration.showNotification("Daybook", { body, tag: "reminder", icon: TOLD.icon, actions, data }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const data = event.notification.data ?? {};
  const to = { snooze: `/reminders/snooze/${data.snooze}/`, stop: `/reminders/stop/${data.stop}/` }[event.action] ?? "/today/";
  // One tap is enough where somebody is signed in; elsewhere the page with its one button opens.
  const act = async () => {
    try {
      const { csrf } = await (await fetch("/session/", { cache: "no-store" })).json();
      const answer = csrf && (await fetch(to, { method: "POST", headers: { "X-CSRFToken": csrf } }));
      if (answer?.ok) return;
    } catch { /* no connection: the page says so */ }
    await self.clients.openWindow(to);
  };
  event.waitUntil(event.action ? act() : self.clients.openWindow(to));
});
