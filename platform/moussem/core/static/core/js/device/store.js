// What this device keeps for the people who use it: what they wrote and nobody has taken in yet, in the order
// in which it was written, and a few things by name. One database for the whole site.
let opened;

function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("moussem", 1);
    asked.onupgradeneeded = () => {
      const outbox = asked.result.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
      outbox.createIndex("uuid", "uuid", { unique: true });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function work(table, mode, act) {
  const transaction = (await open()).transaction(table, mode);
  const request = act(transaction.objectStore(table));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(request?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

export const written = () => work("outbox", "readonly", (table) => table.getAll());
export const writeDown = (item) => work("outbox", "readwrite", (table) => table.add(item));
export const rewrite = (item) => work("outbox", "readwrite", (table) => table.put(item));

export const kept = (name) => work("kept", "readonly", (table) => table.get(name));
export const keepAs = (name, value) => work("kept", "readwrite", (table) => table.put(value, name));
export const dropKept = () => work("kept", "readwrite", (table) => table.clear());

// Throw away what a test of an item finds.
export async function drop(isDue) {
  const due = (await written()).filter(isDue);
  if (!due.length) return;
  await work("outbox", "readwrite", (table) => {
    for (const { id } of due) table.delete(id);
  });
}

// crypto.randomUUID exists on secure pages only.
export function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
