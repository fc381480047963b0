// [data-keep] names the pages of an edition that this device keeps besides the one that is open; links with
// data-keeps lead to others.
import { personHere } from "./outbox.js";

const MOST_LINKS = 40;

export default async function keep(list) {
  if (!("serviceWorker" in navigator) || !personHere()) return;
  const links = [...document.querySelectorAll("a[data-keeps]")].slice(0, MOST_LINKS);
  const pages = [location.href, ...list.dataset.keep.split(" "), ...links.map((link) => link.href)];
  // The page itself comes first: over a weak network what is kept would take its place on the wire.
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  await navigator.serviceWorker.register("/worker.js").catch(() => null);
  const { active } = await navigator.serviceWorker.ready;
  const addresses = pages.filter(Boolean).map((page) => new URL(page, location.href).href);
  active.postMessage({ keep: [...new Set(addresses)], person: personHere() });
}
