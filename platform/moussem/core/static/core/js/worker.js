// Keeps pages of fairs on this device for who is signed in, and opens them when the network is away. SHELL is
// written above: the files and pages of this build. docs/live.md says what is kept, and how much of it.
const SHELL_CACHE = `shell-${SHELL.version}`;
const KEPT = "kept";
const PERSON = "/kept/person";
const PATIENCE = 5_000;
const FRESH = 30 * 60_000;
const MOST_PAGES = 80;
const MOST_BYTES = 4_000_000;
const MOST_OF_ONE = 400_000;

const fileNames = new RegExp(`(?:href|src)="(${SHELL.static}[^"]+\\.(?:css|js))"`, "g");
let turn = Promise.resolve();
// Whoever signs out ends what was begun for them.
let forgotten = 0;
// One after the other: two pages that come at once must not both find room for themselves.
function inTurn(act) {
  const begun = forgotten;
  const next = () => (begun === forgotten ? act(() => begun !== forgotten) : undefined);
  return (turn = turn.then(next, next));
}

async function install() {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(SHELL.files.map((address) => new Request(address, { cache: "no-cache" })));
  for (const address of SHELL.pages) {
    // As somebody reads it who is not signed in: it is shown to whoever holds the device.
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, copyOf(answer, await answer.text()));
  }
  await self.skipWaiting();
}

async function dropOlder() {
  const isOld = (name) => name !== SHELL_CACHE && name !== KEPT;
  await Promise.all((await caches.keys()).filter(isOld).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// `done` only tells a page that a form was accepted.
function nameOf(address) {
  const url = new URL(address, self.location);
  url.searchParams.delete("done");
  url.hash = "";
  return url.href;
}

async function cacheOf(person) {
  const known = await (await caches.match(PERSON, { cacheName: KEPT }))?.text();
  if (known !== undefined && known !== person) await caches.delete(KEPT);
  const cache = await caches.open(KEPT);
  if (known !== person) await cache.put(PERSON, new Response(person));
  return cache;
}

// A page that says of itself that it was kept, and when; under the policy that it came with.
function copyOf(answer, page) {
  const now = Date.now();
  const body = new Blob([page.replace("<html ", `<html data-kept="${now}" `)]);
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Kept-At", now);
  headers.set("X-Kept-Size", body.size);
  return new Response(body, { headers });
}

async function keep(address, answer) {
  const person = answer.headers.get("X-Kept-For");
  const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
  if (!person || !isPage || !answer.ok || answer.redirected) return;
  const page = await answer.text();
  const copy = copyOf(answer, page);
  if (Number(copy.headers.get("X-Kept-Size")) > MOST_OF_ONE) return;
  const cache = await cacheOf(person);
  await cache.put(nameOf(address), copy);
  await trim(cache);
  await keepFilesOf(page);
}

// The page that was not renewed for longest leaves first.
async function trim(cache) {
  const pages = [];
  for (const request of await cache.keys()) {
    const { headers } = await cache.match(request);
    if (headers.has("X-Kept-At")) pages.push({ request, at: Number(headers.get("X-Kept-At")), size: Number(headers.get("X-Kept-Size")) });
  }
  pages.sort((one, other) => other.at - one.at);
  let bytes = 0;
  for (const [number, page] of pages.entries()) {
    bytes += page.size;
    if (number >= MOST_PAGES || bytes > MOST_BYTES) await cache.delete(page.request);
  }
}

async function keepFilesOf(page) {
  const cache = await caches.open(SHELL_CACHE);
  for (const [, address] of page.matchAll(fileNames)) {
    if (!(await cache.match(address))) await cache.add(address).catch(() => {});
  }
}

async function fetchAndKeep(addresses, person, isOver) {
  for (const address of addresses) {
    if (isOver()) return;
    const cache = await cacheOf(person);
    const known = await cache.match(nameOf(address));
    if (known && Date.now() - Number(known.headers.get("X-Kept-At")) < FRESH) continue;
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    // Without a network the rest will not come either.
    if (!answer || isOver()) return;
    await keep(address, answer);
  }
}

async function keptPage(request) {
  // Asked of a cache that is not there, nothing is made.
  const match = (how) => caches.match(nameOf(request.url), { cacheName: KEPT, ...how });
  return (await match()) ?? (await match({ ignoreSearch: true }));
}

async function page(event) {
  const { request } = event;
  const known = await keptPage(request);
  try {
    // Where nothing else can be shown, whatever comes is waited for.
    const signal = known ? AbortSignal.timeout(PATIENCE) : undefined;
    const answer = await fetch(request, { signal });
    // Of what is not kept no copy is made: it may be a long file.
    if (answer.ok && answer.headers.has("X-Kept-For")) {
      const copy = answer.clone();
      event.waitUntil(inTurn(() => keep(request.url, copy)));
    }
    if (answer.status < 500 || !known) return answer;
  } catch {
    // No network, or one that does not answer.
  }
  return known ?? (await fallback(request));
}

async function fallback(request) {
  const language = new URL(request.url).pathname.split("/")[1];
  const page = SHELL.pages.find((address) => address.startsWith(`/${language}/`)) ?? SHELL.pages[0];
  return (await caches.match(page, { cacheName: SHELL_CACHE })) ?? Response.error();
}

async function file(request) {
  const cache = await caches.open(SHELL_CACHE);
  const known = await cache.match(request, { ignoreSearch: true });
  return known ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(dropOlder()));
self.addEventListener("message", (event) => {
  const { keep: addresses, person, forget } = event.data ?? {};
  if (addresses) event.waitUntil(inTurn((isOver) => fetchAndKeep(addresses, person, isOver)));
  if (!forget) return;
  forgotten += 1;
  event.waitUntil(inTurn(() => caches.delete(KEPT)).then(() => event.ports[0].postMessage("forgotten")));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith(SHELL.static)) event.respondWith(file(request));
});
