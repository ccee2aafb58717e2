// What is the person's own: their people, and ways to cope in the order of what followed them. From the server, or from a
// plan they chose to keep on this phone.
import { recall } from "../offline/store.js";
import { el } from "../offline/dom.js";
import { openPlan, peopleRows } from "../lock/plan.js";

const withText = (box) => {
  const ready = document.querySelector("[data-ready]");
  const fill = () => {
    for (const way of box.querySelectorAll('a[href^="sms:"]')) {
      way.href = `${way.getAttribute("href").split("?")[0]}?body=${encodeURIComponent(ready.value)}`;
    }
  };
  ready.addEventListener("input", fill);
  fill();
};
const fromServer = async (flow) => {
  const answer = await fetch("/sos/mine/", { headers: { "HX-Request": "true" }, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(6000) });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const people = page.querySelector("[data-mine-people]"), ways = page.querySelector("[data-mine-ways]");
  // Somebody who is choosing already keeps the list they see.
  if (!people || !ways || !flow.querySelector('[data-step="do"]').hidden) return false;
  ways.querySelectorAll("[data-did]").forEach((way) => { way.hidden = false; });
  flow.querySelector("[data-people]").replaceChildren(...people.childNodes);
  flow.querySelector("[data-ways]").replaceChildren(...ways.childNodes);
  return true;
};
const fromPhone = async (flow) => {
  if (!(await recall("plan").catch(() => null))) return;
  const box = flow.querySelector("[data-people]"), said = el("p", { role: "status" });
  const field = el("input", { id: "sos-pin", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 12 });
  const form = el("form", { novalidate: true }, el("div", { class: "field" }, el("label", { for: "sos-pin" }, "Your people are kept on this phone. Your number:"), field), el("button", { class: "btn" }, "Show them"), said);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "One moment …";
    const plan = await openPlan(field.value).catch(() => null);
    if (!plan) { said.textContent = "That was not it. Try again."; return; }
    box.replaceChildren(peopleRows(plan.people));
    withText(box);
  });
  box.replaceChildren(form);
};
export const showMine = async (flow, whose) => {
  const isLocked = document.documentElement.dataset.locked !== undefined;
  const isThere = whose && !isLocked && (await fromServer(flow).catch(() => false));
  if (whose && !isThere) await fromPhone(flow);
  withText(flow.querySelector("[data-people]"));
};
