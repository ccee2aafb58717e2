// Personal pages: blank while they are hidden, and behind the number after five minutes away.
import { read, unlock, write } from "./pin.js";
import { button, el, link } from "../offline/dom.js";

const AWAY_MS = 5 * 60_000, MANY = 5, EVERY_MS = 15_000;
const root = document.documentElement;
let since = Date.now(), cover = null;

const lock = () => {
  const held = read();
  if (!held || root.dataset.personal === undefined) return;
  write({ ...held, locked: true });
  root.dataset.locked = "";
  show();
};
const open = () => { delete root.dataset.locked; cover?.remove(); cover = null; since = Date.now(); };
const again = (said, field) => {
  const tries = read()?.tries ?? 0;
  said.textContent = tries >= MANY ? "That was not it. You can also sign out, and sign in with your password." : "That was not it. Try again.";
  field.value = "";
  field.focus();
};
const show = () => {
  if (cover) return;
  const field = el("input", { id: "lock-pin", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 12 });
  const said = el("p", { role: "status" });
  const form = el("form", { novalidate: true }, el("div", { class: "field" }, el("label", { for: "lock-pin" }, "Your number"), field), el("button", { class: "btn main" }, "Open"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "One moment …";
    if (await unlock(field.value)) open(); else again(said, field);
  });
  cover = el("div", { class: "lock", role: "dialog", "aria-modal": true, "aria-labelledby": "lock-title" },
    el("div", { class: "card" }, el("h1", { id: "lock-title" }, "Locked"), form, said, el("div", { class: "actions" }, link("/sos/", "Help now", "btn indigo"), link("/accounts/logout/?locked", "Sign out", "btn plain"))));
  root.append(cover);
  field.focus();
};

export const lockNow = () => { lock(); };
const seen = () => { const held = read(); if (held && !held.locked) write({ ...held, seen: Date.now() }); };
const look = () => {
  if (!read()) return;
  if (Date.now() - since > AWAY_MS) lock(); else seen();
};

export const watchLock = () => {
  if (root.dataset.personal === undefined) return;
  const isLeaving = location.pathname === "/accounts/logout/";
  if (root.dataset.locked !== undefined && !isLeaving) show(); else if (!isLeaving) seen();
  for (const name of ["pointerdown", "keydown", "scroll"]) addEventListener(name, () => { since = Date.now(); }, { passive: true });
  setInterval(look, EVERY_MS);
  addEventListener("visibilitychange", () => {
    const isHidden = document.visibilityState === "hidden";
    if (!isHidden && read() && Date.now() - (read().seen ?? 0) > AWAY_MS) lock();
    if (isHidden) seen();
    root.classList.toggle("veiled", isHidden);
  });
  addEventListener("pagehide", () => root.classList.add("veiled"));
};
