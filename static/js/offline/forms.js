// A log's form: what is typed is kept on the phone first, then sent. Nothing is taken off the screen before it is safe.
import { canKeep, drop, flush, keep, told } from "./outbox.js";
import { button, clock, el, link } from "./dom.js";
import { newId } from "./seal.js";

const PATIENCE_MS = 9000;
const NOT_SENT = ["csrfmiddlewaretoken", "id", "version"];
const SAID = {
  offline: "It is sent by itself when there is a connection.",
  later: "Daybook did not answer. We keep trying.",
  slow: "The connection is slow. We keep trying.",
  signin: "Your sign-in has ended. Sign in to send it.",
  other: "Somebody else is signed in here. It waits for you.",
};
const next = (kind, id, status) => {
  if (kind === "use") return `/log/use/${id}/next/`;
  return `/saved/${kind}/${id}/?s=${{ created: "new", duplicate: "same", conflict: "both" }[status]}`;
};
const typed = (form) => [...new FormData(form)].filter(([name, value]) => !NOT_SENT.includes(name) && typeof value === "string");

const clear = (form) => {
  document.title = document.title.replace(/^Error: /, "");
  form.querySelectorAll("[data-told]").forEach((part) => part.remove());
  form.querySelectorAll("[aria-invalid]").forEach((part) => part.removeAttribute("aria-invalid"));
};
const place = (form, name) => form.querySelector(`#id_${CSS.escape(name)}`) ?? form.querySelector(`[name="${CSS.escape(name)}"]`);
// The same words and the same look as when the server shows the form again.
export const showErrors = (form, errors) => {
  clear(form);
  const lines = [];
  for (const [name, messages] of Object.entries(errors)) {
    const field = place(form, name), box = field?.closest(".field");
    box?.querySelectorAll("details").forEach((part) => { part.open = true; });
    for (let up = field; up && up !== form; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    field?.setAttribute("aria-invalid", "true");
    for (const message of messages) {
      const title = box?.querySelector("legend, label")?.textContent;
      lines.push(el("li", {}, field ? el("a", { href: `#${field.id}` }, title ? `${title}: ${message}` : message) : message));
      (box?.querySelector("legend, label") ?? form.firstElementChild)?.after(el("p", { class: "error", "data-told": true }, message));
    }
  }
  const summary = el("div", { class: "error-summary", role: "alert", tabindex: -1, "data-told": true }, el("h2", {}, "There is a problem. Nothing is lost."), el("ul", {}, ...lines));
  form.prepend(summary);
  if (!document.title.startsWith("Error:")) document.title = `Error: ${document.title}`;
  summary.focus();
};
const missing = (form) => {
  const any = form.dataset.any?.split(" ");
  if (!any) return null;
  const given = typed(form).some(([name, value]) => any.includes(name) && value.trim());
  return given ? null : { [any[0]]: [form.dataset.anyWords] };
};

const extras = (kind, form) => {
  const strong = kind === "craving" && Number(form.elements.intensity?.value) >= 8;
  if (kind !== "use" && !strong) return null;
  const safety = kind === "use" ? link("/log/use/safety/", "Stay safe: read this") : link("/sos/", "I need help right now", "btn indigo");
  return el("div", { class: "actions" }, link("/sos/#lines", "Call someone", "btn indigo"), safety);
};
const showKept = (form, kind, id, state) => {
  const line = el("span", {}, SAID[state] ?? SAID.later);
  const title = el("strong", {}, `On this phone, ${clock(Date.now())}.`);
  const undo = button("Undo", async () => {
    if (!(await drop(id))) { location.assign(next(kind, id, "duplicate")); return; }
    back();
    card.querySelector("p").textContent = "";
  });
  const back = () => { card.remove(); form.hidden = false; form.querySelector("button:not([type=button])")?.focus(); };
  const signIn = state === "signin" ? link("/accounts/login/?next=/outbox/", "Sign in to send it", "btn main") : null;
  const actions = el("div", { class: "actions" }, signIn, link("/today/", "Today"), button("Change it", back), undo, link("/outbox/", "What waits here", "btn plain"));
  const card = el("section", { class: "notice saved", tabindex: -1, "data-kept": true }, el("p", { role: "status" }, title, " ", line), extras(kind, form), actions);
  form.hidden = true;
  form.after(card);
  card.focus();
  told.addEventListener("change", ({ detail }) => {
    const result = detail.results?.find((one) => one.client_uuid === id);
    if (!result || !card.isConnected) return;
    if (result.status === "invalid") { back(); showErrors(form, result.errors); return; }
    title.textContent = "Saved.";
    line.replaceChildren(link(next(kind, id, result.status), "See it", ""));
    undo.remove();
  });
};
const cannotKeep = (form) => {
  const words = "This phone could not keep it. Your text is still here. Free some space or copy it, then try again.";
  showErrors(form, { "": [document.documentElement.dataset.owner ? words : "Sign in once on this phone first. Your text is still here."] });
};

const send = async (form) => {
  const kind = form.dataset.offline, id = form.elements.id.value || newId();
  form.elements.id.value = id;
  const error = missing(form);
  if (error) return showErrors(form, error);
  clear(form);
  try { await keep({ id, kind, fields: typed(form) }); } catch {
    // Nothing is on the phone: the ordinary way, where there is one.
    if (form.querySelector("[name=csrfmiddlewaretoken]") && navigator.onLine) { form.submit(); return; }
    return cannotKeep(form);
  }
  form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  const slow = new Promise((resolve) => { setTimeout(() => resolve({ state: "slow", results: [] }), PATIENCE_MS); });
  const outcome = await Promise.race([flush({ now: true }).catch(() => ({ state: "later", results: [] })), slow]);
  const result = outcome.results.find((one) => one.client_uuid === id);
  if (result?.status === "invalid") return showErrors(form, result.errors);
  if (result && result.status !== "forbidden") { location.assign(next(kind, id, result.status)); return; }
  showKept(form, kind, id, outcome.state);
};

export const watchForms = () => {
  if (!canKeep()) return;
  for (const form of document.querySelectorAll("form[data-offline]")) {
    let isBusy = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      form.setAttribute("aria-busy", "true");
      try { await send(form); } finally { isBusy = false; form.removeAttribute("aria-busy"); }
    });
  }
};
