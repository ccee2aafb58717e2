// Breathing (in for four, out for six) and the wave (three minutes, and three more). Nothing goes on by itself; both can be paused.
const IN = 4, CYCLE = 10, LONG = 90, EVERY_LINE = 20;
const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

// A second hand that can stop. `tick` gets the seconds gone.
const clock = (tick, is) => {
  let gone = 0, timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; is(false); };
  const start = () => { if (!timer) { tick(gone); timer = setInterval(() => { gone += 1; tick(gone); }, 1000); is(true); } };
  return { start, stop, toggle: () => (timer ? stop() : start()), reset: () => { gone = 0; tick(0); }, get gone() { return gone; }, get runs() { return Boolean(timer); } };
};
const pausing = (section) => {
  const pause = section.querySelector("[data-pause]"), words = [pause.textContent, pause.dataset.more];
  return (runs) => { pause.textContent = words[runs ? 0 : 1]; section.classList.toggle("paused", !runs); };
};

export const breather = (section) => {
  const count = section.querySelector("[data-count]"), time = section.querySelector("[data-breath-time]"), box = section.querySelector("[data-breather]");
  const tick = (gone) => {
    const at = gone % CYCLE, isIn = at < IN;
    box.dataset.phase = isIn ? "in" : "out";
    count.textContent = `${isIn ? count.dataset.in : count.dataset.out} … ${isIn ? at + 1 : at - IN + 1}`;
    time.textContent = gone >= LONG ? count.dataset.long : "";
  };
  const made = clock(tick, pausing(section));
  section.querySelector("[data-pause]").addEventListener("click", made.toggle);
  return made;
};
export const wave = (section) => {
  const lines = [...section.querySelectorAll("[data-wave-lines] li")].map((line) => line.textContent);
  const words = section.querySelector("[data-wave-words]"), bar = section.querySelector("[data-wave-bar]"), time = section.querySelector("[data-wave-time]");
  const tick = (gone) => {
    const line = lines[Math.floor(gone / EVERY_LINE) % lines.length];
    if (words.textContent !== line) words.textContent = line;
    bar.value = Math.min(gone, bar.max);
    time.textContent = `${minutes(Math.min(gone, bar.max))} / ${minutes(bar.max)}`;
    if (gone >= bar.max) made.stop();
  };
  const made = clock(tick, pausing(section));
  section.querySelector("[data-pause]").addEventListener("click", () => { if (!made.runs && made.gone >= bar.max) bar.max += 180; made.toggle(); });
  section.querySelector("[data-three]").addEventListener("click", () => { bar.max += 180; tick(made.gone); made.start(); });
  return made;
};
