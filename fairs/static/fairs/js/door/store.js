// What a device keeps of the doors of an edition: its bundle, and in the outbox of the site the scans that nobody
// has taken in yet. Whoever keeps the door sends them, whoever made them.
import { REFUSED, SENT, WAITING, post, settle } from "../../../core/js/device/outbox.js";
import { keepAs, kept, written } from "../../../core/js/device/store.js";

export default function store(edition, what) {
  const name = `door:${edition}`;
  const waiting = async () => (await written()).filter((item) => item.door === name && item.state === WAITING);
  return {
    bundle: () => kept(name),
    keepBundle: (bundle) => keepAs(name, bundle),
    queued: async () => (await waiting()).map((item) => item.scan),
    // The number of a badge, and not its code: a list on a device opens no door.
    queue: (scan, text) => post({ uuid: scan.key, what, door: name, scan, text }),
    taken: (key, conflict) => settle(key, conflict ? REFUSED : SENT, conflict),
  };
}
