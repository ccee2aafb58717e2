// The page "This phone": switch the lock on and off, keep the plan here or take it away.
import { forget, recall, remember } from "../offline/store.js";
import { owner } from "../offline/outbox.js";
import { day } from "../offline/dom.js";
import { lockNow } from "./lock.js";
import { isGood, make, read, sealWith, unlock } from "./pin.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const [form, planForm] = [find("lock-form"), find("plan-form")];

const show = async () => {
  const lock = read(), plan = await recall("plan").catch(() => null);
  form.hidden = Boolean(lock);
  find("lock-on").hidden = !lock;
  planForm.hidden = !lock;
  find("plan-off").hidden = !plan;
  if (lock) find("lock-state").textContent = "The lock is on.";
  if (plan) find("plan-state").textContent = `Kept here since ${day(plan.at)}. Give your number again to bring it up to date.`;
};
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [first, second] = [...form.querySelectorAll("input")].map((field) => field.value);
  const said = find("lock-state");
  if (!isGood(first)) said.textContent = "Use six to twelve digits, and nothing else.";
  else if (first !== second) said.textContent = "The two numbers differ. Write the same one twice.";
  else { await make(first, await owner()); form.reset(); await show(); }
});
find("lock-now").addEventListener("click", lockNow);
find("lock-off").addEventListener("click", async () => {
  localStorage.removeItem("lock");
  await forget("plan");
  for (const name of ["lock-state", "plan-state"]) find(name).textContent = "";
  find("lock-state").textContent = "The lock is off. A plan kept here was taken away with it.";
  await show();
});
planForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = find("plan-state"), key = await unlock(planForm.querySelector("input").value);
  if (!key) { said.textContent = "That was not it. Try again."; return; }
  try {
    const plan = await (await fetch("/plan/for-phone/", { cache: "no-store", redirect: "error" })).text();
    await remember("plan", { ...(await sealWith(key, plan)), at: Date.now(), owner: await owner() });
    planForm.reset();
    await show();
  } catch { said.textContent = "There is no connection. Try again when you are connected."; }
});
find("plan-off").addEventListener("click", async () => { await forget("plan"); find("plan-state").textContent = "It is off this phone."; await show(); });
find("lock-part").hidden = find("plan-part").hidden = false;
await show();
