// The outbox: every log is sealed and kept here first, and leaves only when the server has acknowledged its id.
import { all, change, isThere, one, put, recall, remember, wipe } from "./store.js";
import { newId, seal } from "./seal.js";

export const SCHEMA = 1;
const MOST_ITEMS = 50, MOST_LETTERS = 4_000_000, PATIENCE_MS = 15_000, HOLD_MS = 10 * 60_000;
const DONE = ["created", "duplicate", "conflict"];
export const canKeep = isThere;

const ask = async (url, options = {}) => {
  const answer = await fetch(url, { cache: "no-store", redirect: "error", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS), ...options });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  // A sign-in page or a café's welcome page is not an answer of ours.
  if (answer.redirected || !isJson) return { status: answer.status >= 400 ? answer.status : 0, retry: answer.headers.get("Retry-After"), words: {} };
  return { status: answer.status, retry: answer.headers.get("Retry-After"), words: await answer.json() };
};

// Who is signed in, by the server's word; what a phone needs to seal without it is remembered.
export const session = async () => {
  const { status, words } = await ask("/session/");
  if (status !== 200 || !words.key) throw new Error("no answer");
  await remember("key", words.key);
  if (words.authenticated) await remember("who", words.owner);
  return words;
};
const pageOwner = () => document.documentElement.dataset.owner;
export const owner = async () => pageOwner() || recall("who");
export const ready = async () => {
  const isNew = pageOwner() && (await recall("who")) !== pageOwner();
  if (isNew) await remember("who", pageOwner());
  if (isNew || !(await recall("key"))) await session().catch(() => {});
};

// Keep a log: `fields` as [name, value] pairs. With `hold` it waits until it is finished. Throws when it cannot be kept.
export const keep = async ({ id, kind, fields, at = new Date(), hold = false }) => {
  const whose = await owner();
  const key = (await recall("key")) ?? (await session()).key;
  if (!whose) throw new Error("nobody");
  const text = JSON.stringify({ fields, at: at.toISOString(), tz: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const sealed = await seal(key.public, text, `${id}|${kind}|${whose}`);
  const state = hold ? "hold" : "waiting";
  await put({ id, kind, owner: whose, key: key.id, sealed, schema: SCHEMA, state, at: at.getTime(), touched: Date.now(), stamp: newId() });
  tell();
  return id;
};
export const waiting = async () => {
  const whose = await owner();
  return (await all()).filter((item) => item.owner === whose).sort((a, b) => a.at - b.at);
};
// Take an item out, unless it is on its way already. Tells whether it was still here.
export const drop = (id) => alone(async () => {
  const item = await one(id);
  if (item) await change(id, item.stamp, null);
  tell();
  return Boolean(item);
});
export const dropAll = async (whose) => { await wipe(whose); tell(); };
// What was begun and left open is finished by itself in a while: a number that was tapped is not lost.
export const release = async (id) => {
  for (const item of await all()) {
    const isLeft = item.state === "hold" && (item.id === id || Date.now() - item.touched > HOLD_MS);
    if (isLeft) await change(item.id, item.stamp, { state: "waiting" });
  }
  tell();
};

// One page at a time sends; the server's own rule (each id once) makes even a race harmless.
const alone = (act) => (navigator.locks ? navigator.locks.request("daybook-outbox", act) : act());
export const told = new EventTarget();
const tell = (detail = {}) => told.dispatchEvent(new CustomEvent("change", { detail }));

const post = (csrf, whose, items) => ask("/sync/", {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
  body: JSON.stringify({ owner: whose, entries: items.map((item) => ({ client_uuid: item.id, type: item.kind, schema_version: item.schema, key: item.key, sealed: item.sealed })) }),
});

const settle = async (items, results) => {
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const { client_uuid: id, status } of results) {
    const item = byId.get(id);
    if (!item) continue;
    if (DONE.includes(status)) await change(id, item.stamp, null);
    else await change(id, item.stamp, { state: "look", why: status });
  }
};
const sendSome = async (csrf, whose, items) => {
  const { status, words, retry } = await post(csrf, whose, items);
  if (status === 200 && Array.isArray(words.results)) { await settle(items, words.results); return { status, results: words.results }; }
  if ((status === 413 || status === 422) && items.length > 1) {
    const half = Math.ceil(items.length / 2);
    const first = await sendSome(csrf, whose, items.slice(0, half));
    const second = await sendSome(csrf, whose, items.slice(half));
    return { status: second.status, results: [...(first.results ?? []), ...(second.results ?? [])], retry: second.retry };
  }
  if (status === 413 || status === 422) await change(items[0].id, items[0].stamp, { state: "look", why: status === 413 ? "size" : "unreadable" });
  return { status, results: [], retry };
};
const batches = (items) => {
  const found = [[]];
  let letters = 0;
  for (const item of items) {
    letters += item.sealed.length;
    if (found.at(-1).length >= MOST_ITEMS || (letters > MOST_LETTERS && found.at(-1).length)) { found.push([]); letters = item.sealed.length; }
    found.at(-1).push(item);
  }
  return found;
};

let notBefore = 0;
const run = async (now) => {
  await release();
  const items = (await all()).filter((item) => item.state === "waiting");
  if (!items.length) return { state: "empty", results: [] };
  if (!now && Date.now() < notBefore) return { state: "later", results: [] };
  let who;
  try { who = await session(); } catch { return { state: "offline", results: [] }; }
  if (!who.authenticated) return { state: "signin", results: [] };
  const mine = items.filter((item) => item.owner === who.owner);
  if (!mine.length) return { state: "other", results: [] };
  const results = [];
  for (const batch of batches(mine)) {
    let answer;
    try {
      answer = await sendSome(who.csrf, who.owner, batch);
      if (answer.status === 403) {
        // The token changed. Perhaps the person did too: then these logs wait for theirs.
        const now = await session();
        if (!now.authenticated) return { state: "signin", results };
        if (now.owner !== who.owner) return { state: "other", results };
        who = now;
        answer = await sendSome(who.csrf, who.owner, batch);
      }
    } catch { return { state: "offline", results }; }
    results.push(...answer.results);
    if ([401, 403].includes(answer.status)) return { state: "signin", results };
    if (answer.status === 409) return { state: "other", results };
    if (answer.status !== 200 && ![413, 422].includes(answer.status)) {
      notBefore = Date.now() + 1000 * Math.min(Number(answer.retry) || 20, 300);
      return { state: "later", results };
    }
  }
  return { state: "sent", results };
};
export const flush = ({ now = false } = {}) => alone(async () => { const outcome = await run(now); tell(outcome); return outcome; });
