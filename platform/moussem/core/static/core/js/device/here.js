// main[data-person] says who is signed in: pages that were kept for others go, and what waits is sent. Most pages
// find nothing to do here, and load nothing more.
const KEPT = "kept";
const PERSON = "/kept/person";
const EVERY = 30_000;
const SOON = 2_000;
const PATIENCE = 3_000;
const FIRST_WAIT = 3_000;

// Nothing that was kept to be read stays: neither pages nor the lists of a door.
export async function forgetPages() {
  await askWorker();
  if ("caches" in window) await caches.delete(KEPT);
  // Asked for where it is not, the database would be made.
  const known = (await indexedDB.databases?.()) ?? [];
  if (known.some(({ name }) => name === "moussem")) await (await import("./store.js")).dropKept();
}

// The worker may be keeping a page at this very moment: it ends that first.
async function askWorker() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((heard) => (port1.onmessage = heard));
  worker.postMessage({ forget: true }, [port2]);
  await Promise.race([done, new Promise((over) => setTimeout(over, PATIENCE))]);
}

async function forgetOthers(person) {
  if (!("caches" in window)) return;
  const known = await (await caches.match(PERSON, { cacheName: KEPT }))?.text();
  if (known !== undefined && known !== person) await forgetPages();
}

let tries = 0;
let again;

async function send() {
  again = undefined;
  if (localStorage.getItem("outbox") === null) return;
  const { default: notice } = await import("./notice.js");
  const { flush } = await import("./outbox.js");
  await notice();
  tries = (await flush()) ? 0 : tries + 1;
  clearTimeout(again);
  again = setTimeout(send, tries ? Math.min(EVERY, FIRST_WAIT * 2 ** (tries - 1)) : EVERY);
}

export default async function here(main) {
  let soon;
  // What is on its way is not told of.
  addEventListener("outbox", () => {
    clearTimeout(soon);
    soon = setTimeout(async () => (await import("./notice.js")).default(), SOON);
  });
  addEventListener("online", send);
  addEventListener("outbox", () => (again ??= setTimeout(send, EVERY)));
  await forgetOthers(main.dataset.person).catch(() => {});
  // Without room, or forbidden to keep anything, a device has nothing to send either.
  await send().catch(() => {});
}
