// A number that locks this phone's view, and seals the plan it keeps: PBKDF2 (600,000 rounds of SHA-256, OWASP 2023), then AES-256-GCM.
// The number itself is stored nowhere; a sealed word tells whether it was the right one.
const ROUNDS = 600_000, WORD = "daybook lock", PLACE = "lock";
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const base64 = (array) => btoa(String.fromCharCode(...new Uint8Array(array)));
const told = new TextEncoder();

export const read = () => JSON.parse(localStorage.getItem(PLACE) ?? "null");
export const write = (lock) => localStorage.setItem(PLACE, JSON.stringify(lock));
export const isGood = (pin) => /^\d{6,12}$/.test(pin);

const keyOf = async (pin, salt) => {
  const seed = await crypto.subtle.importKey("raw", told.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, seed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
};
export const sealWith = async (key, text) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv: base64(iv), sealed: base64(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, told.encode(text))) };
};
export const openWith = async (key, { iv, sealed }) => new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(sealed)));

export const make = async (pin, owner) => {
  const salt = base64(crypto.getRandomValues(new Uint8Array(16)));
  const key = await keyOf(pin, salt);
  write({ salt, owner, check: await sealWith(key, WORD), seen: Date.now(), locked: false, tries: 0 });
  return key;
};
// The key if the number is right; null if it is not.
export const unlock = async (pin) => {
  const lock = read();
  if (!lock) return null;
  const key = await keyOf(pin, lock.salt);
  try {
    if ((await openWith(key, lock.check)) !== WORD) return null;
    write({ ...read(), locked: false, seen: Date.now(), tries: 0 });
    return key;
  } catch {
    write({ ...read(), tries: (lock.tries ?? 0) + 1 });
    return null;
  }
};
