// What was written and is not yet known to have arrived. It outlives a reload, and belongs to one person.
export default function outbox(person) {
  const key = `live-outbox-${person}`;
  let kept = [];
  try {
    kept = JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    kept = [];
  }
  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // A device without room keeps it in memory, as long as the page is open.
    }
  };
  return {
    all: () => [...kept],
    add(name, body) {
      const item = { name, body: { ...body, uuid: body.uuid ?? newUuid() } };
      kept.push(item);
      keep();
      return item;
    },
    drop(uuid) {
      kept = kept.filter((item) => item.body.uuid !== uuid);
      keep();
    },
  };
}

// crypto.randomUUID exists on secure pages only.
function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
