// The reminders page: notifications on this phone, asked for only by a tap.
const part = document.querySelector("[data-push]");
const find = (name) => part.querySelector(`[data-push-${name}]`);
const say = (words) => { find("state").textContent = words; };
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const key = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const manager = async () => (await navigator.serviceWorker.ready).pushManager;

const show = async () => {
  const is = await (await manager()).getSubscription();
  find("on").hidden = Boolean(is);
  find("off").hidden = !is;
  if (Notification.permission === "denied") say("Your browser blocks notifications for this site. You can allow them in its settings.");
};
const on = async () => {
  if ((await Notification.requestPermission()) !== "granted") { say("Nothing is switched on. You can allow it another time."); return show(); }
  try {
    const made = await (await manager()).subscribe({ userVisibleOnly: true, applicationServerKey: key(part.dataset.push) });
    const answer = await fetch("/settings/reminders/push/", { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, body: JSON.stringify(made) });
    if (!answer.ok) { await made.unsubscribe(); say("This phone cannot get notifications from here."); } else say("This phone gets notifications now.");
  } catch { say("It did not work. Check your connection and try again."); }
  await show();
};
const off = async () => {
  await (await (await manager()).getSubscription())?.unsubscribe();
  say("This phone gets no more notifications.");
  await show();
};
if (part && "PushManager" in self && "Notification" in self && navigator.serviceWorker) {
  part.hidden = false;
  find("on").addEventListener("click", on);
  find("off").addEventListener("click", off);
  await show();
}
