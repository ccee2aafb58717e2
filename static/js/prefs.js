// Before the page is painted: colours, country and quick exit from the first-party preference cookie, and whether this phone is locked.
(() => {
  const AWAY_MS = 5 * 60_000;
  const root = document.documentElement;
  try {
    const lock = JSON.parse(localStorage.getItem("lock") ?? "null");
    if (lock && (lock.locked || Date.now() - lock.seen > AWAY_MS)) root.dataset.locked = "";
  } catch { /* no storage: no lock */ }
  const found = document.cookie.match(/(?:^|; )prefs=([^;]*)/);
  if (!found) return;
  for (const part of decodeURIComponent(found[1]).split("|")) {
    const [name, value] = part.split(":");
    if (name === "theme" && /^(light|dark)$/.test(value) && !root.hasAttribute("data-theme")) root.dataset.theme = value;
    if (name === "country" && /^(US|CA|GB|AU)$/.test(value)) root.dataset.country = value;
    if (name === "exit" && value === "1") root.dataset.exit = "1";
  }
})();
