// Seals a text so that only the server can open it: a fresh P-256 key pair, ECDH, HKDF-SHA-256, AES-256-GCM.
// What comes out is base64 of our public half (65 bytes), the nonce (12) and the sealed text, bound to its id, kind and owner.
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = new TextEncoder().encode("daybook outbox 1");
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const base64 = (array) => {
  let text = "";
  for (let at = 0; at < array.length; at += 8192) text += String.fromCharCode(...array.subarray(at, at + 8192));
  return btoa(text);
};

export const seal = async (publicKey, text, boundTo) => {
  const { subtle } = crypto;
  const theirs = await subtle.importKey("raw", bytes(publicKey), CURVE, false, []);
  const pair = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const seed = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: INFO };
  const key = await subtle.deriveKey(how, seed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const told = new TextEncoder();
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: told.encode(boundTo) }, key, told.encode(text));
  const ours = await subtle.exportKey("raw", pair.publicKey);
  return base64(new Uint8Array([...new Uint8Array(ours), ...iv, ...new Uint8Array(sealed)]));
};

// A UUIDv7 (RFC 9562): 48 bits of time in milliseconds, then chance.
export const newId = () => {
  const id = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let at = 5; at >= 0; at -= 1) { id[at] = now % 256; now = Math.floor(now / 256); }
  id[6] = 0x70 | (id[6] & 0x0f);
  id[8] = 0x80 | (id[8] & 0x3f);
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
