// The plan kept on this phone, opened with the number it was sealed with. For /plan/ without a connection.
import { recall } from "../offline/store.js";
import { el, link } from "../offline/dom.js";
import { openWith, unlock } from "./pin.js";

export const openPlan = async (pin) => {
  const [kept, key] = [await recall("plan"), await unlock(pin)];
  return kept && key ? JSON.parse(await openWith(key, kept)) : null;
};
export const peopleRows = (people) => el("ul", { class: "rows" }, ...people.map((one) => el("li", { class: "row" },
  el("strong", { class: "grow", dir: "auto" }, one.name),
  one.dial ? link(`tel:${one.dial}`, "Call", "btn indigo") : null, one.dial ? link(`sms:${one.dial}`, "Text") : null)));

const form = document.querySelector("[data-open-plan]");
const show = (plan) => {
  const parts = plan.parts.map((part) => el("section", { class: "card" }, el("h2", {}, part.title), el("ul", {}, ...part.lines.map((line) => el("li", { class: "words", dir: "auto" }, line)))));
  document.querySelector("[data-plan]").replaceChildren(plan.people.length ? peopleRows(plan.people) : "", ...parts);
  form.hidden = true;
};
if (form) {
  const state = document.querySelector("[data-plan-state]"), kept = await recall("plan").catch(() => null);
  form.hidden = !kept;
  document.querySelector("[data-no-plan]").hidden = Boolean(kept);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    state.textContent = "One moment …";
    const plan = await openPlan(form.querySelector("input").value).catch(() => null);
    state.textContent = plan ? "" : "That was not it. Try again.";
    if (plan) show(plan);
  });
}
