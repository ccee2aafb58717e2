// On every page: focus the error summary, leave quickly, and never show a page from the browser's memory to the next person.
const root = document.documentElement;
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

const leave = () => {
  try {
    const lock = JSON.parse(localStorage.getItem("lock") ?? "null");
    if (lock) localStorage.setItem("lock", JSON.stringify({ ...lock, locked: true }));
  } catch { /* no storage: no lock */ }
  document.body.replaceChildren();
  root.className = "gone";
  location.replace("/exit/");
};
let presses = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || event.repeat || !root.dataset.exit) return;
  presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
  if (presses.length >= 3) leave();
});
document.querySelector(".exit")?.addEventListener("click", (event) => { event.preventDefault(); leave(); });

if (root.dataset.personal !== undefined) {
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.body.replaceChildren();
    location.reload();
  });
}
const printer = document.querySelector("[data-print]");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => print());
}
const zone = document.querySelector("[data-zone]");
if (zone && !zone.dataset.kept) {
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === mine)) zone.value = mine;
}
