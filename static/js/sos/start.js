// A hard moment, step by step: rate, breathe, ride the wave, one thing, people, rate again. Any step can be left at once.
import { carried, carry, finish, fresh, keepStep, leaveEarlier, throwAway, whenSent, whose } from "./keeping.js";
import { clock, link } from "../offline/dom.js";
import { showLines } from "./lines.js";
import { showMine } from "./mine.js";
import { breather, wave } from "./pacing.js";

const flow = document.querySelector("[data-flow]"), still = document.querySelector("[data-still]");
const step = (name) => flow.querySelector(`[data-step="${name}"]`);
const find = (what) => flow.querySelector(`[data-${what}]`);
const STRONG = 7, WALK = ["rate", "breathe", "wave", "do", "people", "again", "done"], TRIED_AFTER = { breathe: ["slow-breathing", 30], wave: ["ride-the-wave", 60] };
const paces = { breathe: breather(step("breathe")), wave: wave(step("wave")) };
let moment = fresh(), now = "rate", person = null, isStrong = false, isOn = false;

// Tells whether it is on the phone.
const save = async () => {
  if (!person) return false;
  try {
    const isKept = await keepStep(moment, true);
    if (isKept) find("kept").textContent = "Kept on this phone, step by step.";
    return isKept;
  } catch { find("kept").textContent = "This phone cannot keep it. You can go on all the same."; }
  return false;
};
const leaveStep = () => {
  const [key, seconds] = TRIED_AFTER[now] ?? [];
  if (key && paces[now].gone >= seconds && !moment.did.includes(key)) moment.did.push(key);
  paces[now]?.stop();
};
const go = (name) => {
  leaveStep();
  now = name;
  for (const section of flow.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== name;
  find("end").hidden = ["rate", "done", "keep"].includes(name);
  paces[name]?.start();
  const title = step(name).querySelector("h2");
  if (isOn) title.focus({ preventScroll: true });
  if (isOn) flow.scrollIntoView({ block: "start" });
  isOn = true;
  if (name !== "done" && name !== "keep") save();
};
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const outcome = () => {
  const { before, after } = moment, title = find("outcome"), rode = find("rode");
  isStrong = after !== null && (after >= STRONG || (before !== null && after >= before && after > 3));
  const eased = after !== null && before !== null && after < before ? fill(title.dataset.eased, { before, after }) : "";
  title.textContent = isStrong ? [eased, title.dataset.strong].filter(Boolean).join(" ") : eased || title.dataset.plain;
  const minutes = Math.round((Date.now() - moment.at) / 60000);
  const long = minutes === 1 ? rode.dataset.one : fill(rode.dataset.many, { n: minutes });
  rode.textContent = minutes ? fill(rode.dataset.words, { minutes: long }) : "";
  find("next").hidden = !isStrong;
};
const said = (...words) => find("after-save").replaceChildren(...words);
const seeIt = () => said("Saved. ", link(`/saved/craving/${moment.id}/?s=new`, "See it, or add more", ""));
const end = async (isOver = false) => {
  go("done");
  outcome();
  find("stranger").hidden = Boolean(person) || moment.before === null;
  if (!person) return;
  if (moment.before === null) { said("You tapped no number, so there was nothing to keep."); return; }
  const sayKept = () => said(`On this phone, ${clock(Date.now())}.`);
  // Still strong: the next thing belongs to the same craving, so it is sent when the person has finished.
  if (isStrong && !isOver) {
    if (await save()) sayKept();
    else said("This phone could not keep it. You did it all the same.");
    return;
  }
  whenSent(moment, seeIt);
  const status = await finish(moment, sayKept).catch(() => "lost");
  if (["created", "duplicate", "conflict"].includes(status)) seeIt();
  else if (status === "lost") said("This phone could not keep it. You did it all the same.");
  else said(`On this phone, ${clock(Date.now())}. It is sent when there is a connection. `, link("/outbox/", "What waits here", ""));
};

const act = {
  rate: (value) => { moment.before = Number(value); moment.at = Date.now(); go("breathe"); },
  after: (value) => { moment.after = Number(value); end(); },
  go: (value) => go(value),
  same: () => { moment.after = moment.before; end(); },
  finish: () => end(),
  over: () => end(true),
  back: () => go(WALK[Math.max(0, WALK.indexOf(now) - 1)]),
  did: (key, target) => {
    const isDone = target.getAttribute("aria-pressed") !== "true";
    target.setAttribute("aria-pressed", String(isDone));
    moment.did = isDone ? [...new Set([...moment.did, key])] : moment.did.filter((other) => other !== key);
    save();
  },
  "sign-in": () => { carry(moment); location.assign("/accounts/login/?next=/sos/"); },
  keep: async () => { throwAway(); now = "done"; await end(); },
  throw: () => { throwAway(); moment = fresh(); go("rate"); },
};
const camel = (name) => name.replace(/-(\w)/g, (_all, letter) => letter.toUpperCase());
flow.addEventListener("click", (event) => {
  const target = event.target.closest("button");
  const name = target && Object.keys(act).find((one) => camel(one) in target.dataset);
  if (name) act[name](target.dataset[camel(name)], target);
});
document.querySelector("[data-call]").addEventListener("click", (event) => {
  if (!flow.querySelector('[data-people] a[href^="tel:"]')) return;
  event.preventDefault();
  go("people");
});

leaveEarlier().catch(() => {});
showLines();
still.hidden = true;
flow.hidden = false;
go("rate");
person = await whose();
if (person) document.querySelector("[data-lead]").textContent = "One step at a time. Stop whenever you like.";
const before = carried();
if (before && person) {
  moment = before;
  find("keep-words").textContent = fill(find("keep-words").dataset.words, { time: clock(moment.at) });
  go("keep");
}
await showMine(flow, person);
