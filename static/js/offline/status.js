// One quiet line at the foot of the screen: what waits on this phone, and whether a new version is ready.
// It comes a moment after the page, so it may move nothing: a finger on its way to a number must find that number.
import { told, waiting } from "./outbox.js";
import { button, el, link } from "./dom.js";

const main = document.getElementById("main");
const bar = el("div", { class: "notice quiet", hidden: true });
const foot = el("div", { class: "foot no-print", role: "status" }, bar);
const SAID = { signin: "Sign in to send ", other: "Somebody else is signed in here. For you to send: ", offline: "", later: "" };
const FRESH_MS = 10_000;
let last = "";

const count = (items, state) => items.filter((item) => item.state === state).length;
const logs = (number) => (number === 1 ? "1 log" : `${number} logs`);
const age = (items) => (Date.now() - Math.min(...items.map((item) => item.at))) / 86_400_000;

export const showStatus = async ({ detail = {} } = {}) => {
  if (detail.state) last = ["sent", "empty"].includes(detail.state) ? "" : detail.state;
  // What was saved this moment is on its way; only what does not get through is worth a line.
  const isFresh = (item) => !last && item.state === "waiting" && Date.now() - item.touched < FRESH_MS;
  const items = (await waiting().catch(() => [])).filter((item) => !isFresh(item));
  const unsent = count(items, "waiting") + count(items, "hold"), look = count(items, "look");
  bar.hidden = !(unsent || look) || location.pathname === "/outbox/";
  if (bar.hidden) return;
  const words = [];
  if (unsent) words.push(last === "signin" ? `${SAID.signin}${logs(unsent)} kept on this phone.` : `${logs(unsent)} on this phone, not sent yet.`);
  if (unsent && age(items) >= 5) words.push("It has been five days. A connection for a minute is enough.");
  if (look) words.push(`${logs(look)} ${look === 1 ? "needs" : "need"} a look.`);
  bar.replaceChildren(el("p", {}, words.join(" "), " ", link("/outbox/", "See what waits", "")));
};
export const watchStatus = () => {
  if (!main || !document.documentElement.matches("[data-personal], [data-shell]")) return;
  main.append(foot);
  told.addEventListener("change", showStatus);
  showStatus();
};

// A new version waits until a person says so, or until no page is open.
export const offerVersion = (worker) => {
  if (!main || !navigator.serviceWorker.controller || foot.querySelector("[data-version]")) return;
  const use = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("skip");
  };
  const later = () => note.remove();
  const note = el("div", { class: "notice quiet", "data-version": true }, el("p", {}, "A new version is ready. Save what you write first."), el("div", { class: "actions" }, button("Use it now", use), button("Later", later, "btn plain")));
  foot.append(note);
  main.append(foot);
};
