// The page /outbox/: what waits on this phone, and what to do with it. Never what is in it: that is sealed.
import { drop, flush, told, waiting } from "./outbox.js";
import { button, clock, day, el, link } from "./dom.js";

const list = document.querySelector("[data-outbox]");
const state = document.querySelector("[data-outbox-state]");
const WORDS = {
  empty: "Everything is sent.", sent: "Everything is sent.", offline: "There is no connection. What is here is safe and waits.",
  signin: "Sign in to send what is here.", other: "Somebody else is signed in here. Your logs wait until you sign in.", later: "Daybook did not answer. We try again in a while.",
};
const WHY = { hold: "You are still in the middle of it.", waiting: "It waits for a connection.", look: "It needs a look before it can be saved." };

const look = (item) => {
  const form = el("form", { method: "post", action: "/outbox/look/" });
  const fields = { client_uuid: item.id, type: item.kind, schema_version: item.schema, key: item.key, sealed: item.sealed, csrfmiddlewaretoken: csrf };
  for (const [name, value] of Object.entries(fields)) form.append(el("input", { type: "hidden", name, value }));
  form.append(el("button", { class: "btn main" }, "Open and mend it"));
  return form;
};
let csrf = "";
const learnToken = async () => {
  try { csrf = (await (await fetch("/session/", { cache: "no-store" })).json()).csrf ?? ""; } catch { csrf = ""; }
};
const discard = (item, row) => {
  const words = el("span", {}, "Delete it from this phone? It cannot be brought back.");
  const yes = button("Delete it", async () => { await drop(item.id); await show(); });
  const no = button("Keep it", () => show(), "btn plain");
  row.replaceChildren(el("span", { class: "grow" }, words), yes, no);
  yes.focus();
};
const row = (item) => {
  const made = el("li", { class: "row" });
  const words = el("span", { class: "grow" }, el("strong", {}, `A log, ${day(item.at)}, ${clock(item.at)}`), el("br"), el("span", { class: "soft" }, `On this phone. ${WHY[item.state]}`));
  made.append(words);
  if (item.state === "look" && csrf) made.append(look(item));
  made.append(button("Delete …", () => discard(item, made), "btn plain"));
  return made;
};
const show = async ({ detail = {} } = {}) => {
  const items = await waiting().catch(() => []);
  if (items.some((item) => item.state === "look") && !csrf && navigator.onLine) await learnToken();
  list.replaceChildren(...items.map(row));
  const is = items.length ? detail.state : "empty";
  if (is) state.replaceChildren(WORDS[is] ?? WORDS.offline, " ", is === "signin" ? link("/accounts/login/?next=/outbox/", "Sign in", "btn") : "");
  document.querySelector("[data-send]").hidden = !items.length;
};

document.querySelector("[data-send]")?.addEventListener("click", () => { state.textContent = "Sending …"; flush({ now: true }).catch(() => {}); });
told.addEventListener("change", show);
await show();
flush({ now: true }).catch(() => {});
