// What a device keeps: the bundle of its edition, and the scans that nobody has taken in yet.
let opened;

function open(name) {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("queue", { keyPath: "key" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

function asPromise(request, transaction) {
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

// A store for one address: two editions on one device know nothing of each other.
export default function store(name) {
  const work = async (table, mode, act) => {
    const database = await open(name);
    const transaction = database.transaction(table, mode);
    return asPromise(act(transaction.objectStore(table)), transaction);
  };
  return {
    bundle: () => work("kept", "readonly", (table) => table.get("bundle")),
    keepBundle: (bundle) => work("kept", "readwrite", (table) => table.put(bundle, "bundle")),
    queued: () => work("queue", "readonly", (table) => table.getAll()),
    queue: (scan) => work("queue", "readwrite", (table) => table.put(scan)),
    forget: (keys) =>
      work("queue", "readwrite", (table) => {
        let last = table.count();
        for (const key of keys) last = table.delete(key);
        return last;
      }),
  };
}
