// Theme and quick exit from the first-party preference cookie, before the page is painted.
(() => {
  const found = document.cookie.match(/(?:^|; )prefs=([^;]*)/);
  const root = document.documentElement;
  if (!found) return;
  for (const part of decodeURIComponent(found[1]).split("|")) {
    const [name, value] = part.split(":");
    if (name === "theme" && /^(light|dark)$/.test(value) && !root.hasAttribute("data-theme")) root.dataset.theme = value;
    if (name === "country" && /^(US|CA|GB|AU)$/.test(value)) root.dataset.country = value;
    if (name === "exit" && value === "1") root.dataset.exit = "1";
  }
})();
