// The phone's own small database: what waits to be sent ("outbox"), and who signed in here last ("meta").
// Opened for each use: a browser may drop a connection while the page sleeps, and then it is opened once more.
const NAME = "daybook", VERSION = 1;

const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open(NAME, VERSION);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("outbox", { keyPath: "id" });
    asked.result.createObjectStore("meta", { keyPath: "name" });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = asked.onblocked = () => reject(asked.error ?? new Error("blocked"));
});

const once = async (store, mode, act) => {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      // "strict": the phone says "kept" only when it is on the disk.
      const transaction = db.transaction(store, mode, { durability: "strict" });
      let answer;
      act(transaction.objectStore(store), (request) => { request.onsuccess = () => { answer = request.result; }; });
      transaction.oncomplete = () => resolve(answer);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
  } finally { db.close(); }
};

const run = async (store, mode, act) => {
  try { return await once(store, mode, act); } catch (error) {
    if (error?.name === "QuotaExceededError") throw error;
    return once(store, mode, act);
  }
};

export const isThere = () => Boolean(self.indexedDB && self.crypto?.subtle);
export const put = (item) => run("outbox", "readwrite", (items) => items.put(item));
export const remove = (id) => run("outbox", "readwrite", (items) => items.delete(id));
export const all = () => run("outbox", "readonly", (items, answer) => answer(items.getAll()));
export const one = (id) => run("outbox", "readonly", (items, answer) => answer(items.get(id)));
export const recall = async (name) => (await run("meta", "readonly", (items, answer) => answer(items.get(name))))?.value ?? null;
export const remember = (name, value) => run("meta", "readwrite", (items) => items.put({ name, value }));
export const forget = (name) => run("meta", "readwrite", (items) => items.delete(name));

// Change an item only if it is still the one that was read: a newer text put there meanwhile stays.
export const change = (id, stamp, changes) => run("outbox", "readwrite", (items) => {
  const asked = items.get(id);
  asked.onsuccess = () => {
    if (asked.result?.stamp !== stamp) return;
    if (changes) items.put({ ...asked.result, ...changes }); else items.delete(id);
  };
});

// Everything of one person goes, and nothing of anybody else.
export const wipe = (owner) => run("outbox", "readwrite", (items) => {
  const asked = items.openCursor();
  asked.onsuccess = () => {
    const found = asked.result;
    if (!found) return;
    if (found.value.owner === owner) found.delete();
    found.continue();
  };
});
