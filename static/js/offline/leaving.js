// Signing out: logs that were not sent are asked about; then this person's things leave the phone, and nobody else's.
import { dropAll, flush, owner, waiting } from "./outbox.js";
import { button, el } from "./dom.js";
import { forget, recall } from "./store.js";

const forgetMe = async (whose) => {
  if (whose) await dropAll(whose);
  await forget("who");
  if ((await recall("plan"))?.owner === whose) await forget("plan");
  sessionStorage.clear();
  if (JSON.parse(localStorage.getItem("lock") ?? "null")?.owner === whose) localStorage.removeItem("lock");
  await caches?.delete("learn");
  const worker = await navigator.serviceWorker?.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
};
const finish = async (form) => {
  await forgetMe(await owner()).catch(() => {});
  form.submit();
};
const ask = (form, number) => {
  const many = number === 1 ? "1 log" : `${number} logs`;
  const close = () => { dialog.close(); dialog.remove(); };
  const state = el("p", { role: "status" });
  const send = async () => {
    state.textContent = "Sending …";
    await flush({ now: true }).catch(() => {});
    const left = (await waiting()).length;
    if (left) { state.textContent = `${left === 1 ? "1 log is" : `${left} logs are`} still here. Try again when you are connected.`; return; }
    close();
    await finish(form);
  };
  const dialog = el("dialog", { class: "card", "aria-labelledby": "leaving" },
    el("h2", { id: "leaving" }, `${many} not sent yet`),
    el("p", {}, "They are only on this phone. What should happen with them?"), state,
    el("div", { class: "actions" }, button("Send now", send, "btn main"), button("Stay signed in", close), button(`Delete ${many} and sign out`, () => { close(); finish(form); }, "btn plain")));
  document.body.append(dialog);
  dialog.showModal();
};

export const watchLeaving = () => {
  const form = document.querySelector('form[action="/accounts/logout/"], form[data-closing]');
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const number = form.matches("[data-closing]") ? 0 : (await waiting().catch(() => [])).length;
    if (number) ask(form, number); else await finish(form);
  });
};
