// What is the person's own: their people, and ways to cope in the order of what followed them. From the server, or from a
// plan they chose to keep on this phone.
import { recall } from "../offline/store.js";
import { el, link } from "../offline/dom.js";

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
  const plan = await recall("plan").catch(() => null);
  if (!plan?.people?.length) return;
  const row = (one) => el("li", { class: "row" }, el("strong", { class: "grow", dir: "auto" }, one.name), one.dial ? link(`tel:${one.dial}`, "Call", "btn indigo") : null, one.dial ? link(`sms:${one.dial}`, "Text") : null);
  flow.querySelector("[data-people]").replaceChildren(el("ul", { class: "rows" }, ...plan.people.map(row)));
};
export const showMine = async (flow, whose) => {
  const isThere = whose && (await fromServer(flow).catch(() => false));
  if (whose && !isThere) await fromPhone(flow);
  withText(flow.querySelector("[data-people]"));
};
