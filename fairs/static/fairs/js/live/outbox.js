// What was written in live rooms and is not yet known to have arrived: a part of the outbox of this device, which
// outlives the page, and belongs to one person.
import { REFUSED, SENT, WAITING, itemsOf, post, settle } from "../../../core/js/device/outbox.js";
import { newUuid } from "../../../core/js/device/store.js";

export default function outbox(person, addressOf) {
  let kept = [];
  const commandOf = ({ frame }) => ({ name: frame.do, body: frame.body });
  // A device that keeps nothing holds it in memory, as long as the page is open.
  const ready = itemsOf(person)
    .then((items) => (kept = [...items.filter((item) => item.frame && item.state === WAITING).map(commandOf), ...kept]))
    .catch(() => {});
  const leave = (uuid) => (kept = kept.filter((item) => item.body.uuid !== uuid));
  return {
    ready,
    all: () => [...kept],
    add(name, body) {
      const item = { name, body: { ...body, uuid: body.uuid ?? newUuid() } };
      kept.push(item);
      const { uuid, room, text } = item.body;
      const frame = { v: 1, do: name, ref: uuid, body: item.body };
      post({ uuid, person, room, frame, text, prompt: navigator.onLine, address: addressOf(room) });
      return item;
    },
    sent(uuid) {
      leave(uuid);
      settle(uuid, SENT).catch(() => {});
    },
    refused(uuid, said) {
      leave(uuid);
      settle(uuid, REFUSED, said).catch(() => {});
    },
  };
}
