// On every page: keep the worker, send what waits, and catch the forms that work without a connection.
import { canKeep, flush, ready } from "./outbox.js";
import { watchForms } from "./forms.js";
import { watchLeaving } from "./leaving.js";
import { offerVersion, watchStatus } from "./status.js";
import { el } from "./dom.js";
import { watchLock } from "../lock/lock.js";
import { leaveEarlier } from "../sos/keeping.js";

const EVERY_MS = 60_000;
const root = document.documentElement;

const keepWorker = async () => {
  if (!("serviceWorker" in navigator)) return;
  const worker = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  if (worker.waiting) offerVersion(worker.waiting);
  worker.addEventListener("updatefound", () => {
    const fresh = worker.installing;
    fresh?.addEventListener("statechange", () => { if (fresh.state === "installed") offerVersion(fresh); });
  });
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data === "flush") flush().catch(() => {}); });
};
const wakeLater = async () => (await navigator.serviceWorker?.getRegistration())?.sync?.register("outbox");
const send = () => { if (document.visibilityState === "visible") flush().catch(() => {}); };

// A form that needs the server keeps its text on the screen while there is none.
const holdOthers = () => addEventListener("submit", (event) => {
  const form = event.target;
  if (navigator.onLine || event.defaultPrevented || form.method !== "post") return;
  event.preventDefault();
  form.querySelector("[data-held]")?.remove();
  const said = el("p", { class: "error", role: "alert", "data-held": true }, "There is no connection. What you wrote is still here. Try again when you are connected.");
  form.append(said);
});

// Others use this phone: no page that was read stays on it.
const forgetPages = () => { if (/(?:^|; )shared=1/.test(document.cookie)) self.caches?.delete("learn"); };

watchLock();
watchForms();
watchLeaving();
holdOthers();
if (canKeep()) {
  watchStatus();
  addEventListener("online", send);
  addEventListener("pageshow", send);
  addEventListener("visibilitychange", send);
  addEventListener("kept", () => { wakeLater().catch(() => {}); navigator.storage?.persist?.().catch(() => {}); });
  setInterval(send, EVERY_MS);
  if (root.dataset.sos === undefined) leaveEarlier().catch(() => {});
  if (root.dataset.owner) ready().catch(() => {});
}
forgetPages();
addEventListener("pagehide", forgetPages);
addEventListener("load", () => { keepWorker().catch(() => {}); });
