// Keep unsaved writing on the server: three seconds after the last key, and when the page is hidden.
const form = document.querySelector("form[data-draft]");
const state = document.getElementById("draft-state");
let timer, sent = "", saving = false;

const words = () => new URLSearchParams(new FormData(form)).toString();
const say = (text) => { state.textContent = text; };

const keep = async () => {
  const now = words();
  if (saving || now === sent) return;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: now.length < 60000,
      headers: { "X-Requested-With": "fetch" },
    });
    if (answer.ok) { sent = now; if (answer.status === 200) say("A draft is kept. It is not saved as an entry yet."); }
    else if (answer.status === 401) say("You are signed out. Your text is still here: press Save, sign in, and it is kept.");
    else say("The draft could not be kept. Your text is still here.");
  } catch { say("No connection. Your text is still here on this page."); }
};

if (form) {
  sent = words();
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 3000); });
  form.addEventListener("submit", () => { saving = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
}
