// Reads a library page aloud with the browser's own voice. Without one the button stays hidden.
const button = document.querySelector("[data-aloud]");
const voice = window.speechSynthesis;
const PARTS = ".prose :is(p, li, h2, h3, summary), .prose svg[aria-label]";
let queue = [];
let marked = null;

const mark = (part) => {
  marked?.classList.remove("spoken");
  marked = part;
  marked?.classList.add("spoken");
  marked?.scrollIntoView({ block: "nearest" });
};
const stop = () => {
  queue = [];
  voice.cancel();
  mark(null);
  button.querySelector("span").textContent = "Read aloud";
};
const next = () => {
  const part = queue.shift();
  if (!part) return stop();
  const said = new SpeechSynthesisUtterance(part.getAttribute("aria-label") ?? part.textContent.trim());
  said.lang = document.documentElement.lang;
  said.onend = () => { if (marked === part) next(); };
  mark(part);
  voice.speak(said);
};
const start = () => {
  queue = [...document.querySelectorAll(PARTS)].filter((part) => !part.closest("footer, .gloss-card, details:not([open])") || part.matches("summary"));
  button.querySelector("span").textContent = "Stop reading";
  next();
};
if (button && voice) {
  button.hidden = false;
  button.addEventListener("click", () => (marked ? stop() : start()));
  addEventListener("pagehide", stop);
}
