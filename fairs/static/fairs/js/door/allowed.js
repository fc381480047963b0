// Whether a badge may pass a door: the same rules as fairs/badges/allowed.py, for a door without a network.
// tests/fairs/badges/cases.json holds both to it. Moments are seconds since 1970.
const NAMELESS = ["unreadable", "other_edition", "old_key", "forged"];
// From one hall into another nobody walks in less.
const WALK_SECONDS = 120;

const refused = (code, about = {}) => ({ outcome: "refused", code, about });

// The entries by which a badge is in the edition and in one of its halls, after all of its passages.
export function whereabouts(steps) {
  let fair = null;
  let room = null;
  for (const step of steps) {
    if (step.way === "out") {
      if (!step.hall) fair = null;
      room = null;
    } else if (step.hall) room = step;
    else [fair, room] = [step, null];
  }
  return [fair, room];
}

// What the passages so far say, whatever the door allows; from one hall into another is no second entry.
export function passage(openings, steps, way, at, hall = 0) {
  const closedSince = (step) => openings.some(([, closes]) => step.at < closes && closes <= at);
  const [fair, room] = whereabouts(steps).map((step) => (step && closedSince(step) ? null : step));
  if (way === "out") {
    const here = hall ? room : (room ?? fair);
    return here ? { outcome: "out", code: "out", about: {} } : refused("not_inside");
  }
  const here = hall ? (room?.hall === hall ? room : null) : (room ?? fair);
  if (here) return refused("inside", { since: here.at, door: here.door });
  if (room && at - room.at < WALK_SECONDS)
    return { outcome: "again", code: "quick", about: { since: room.at, door: room.door } };
  if (room || fair) return { outcome: "again", code: "hall", about: {} };
  return steps.length
    ? { outcome: "again", code: "again", about: {} }
    : { outcome: "in", code: "in", about: {} };
}

function closed(door, role, at) {
  const early = door.early_roles.includes(role) ? door.early_seconds : 0;
  if (door.openings.some(([opens, closes]) => opens - early <= at && at < closes)) return null;
  const ahead = door.openings.map(([opens]) => opens - early).filter((opens) => opens > at);
  return ahead.length ? refused("not_open", { opens: Math.min(...ahead) }) : refused("closed");
}

function keptOut(shown, listed, door, at) {
  if (listed && listed.revoked_at !== null && listed.revoked_at <= at) return refused("revoked");
  // A badge on the list lasts as long as the edition does, whatever its code was printed with.
  if (at > (listed ? door.expires : shown.expires)) return refused("expired");
  const role = listed ? listed.role : shown.role;
  if (door.roles.length && !door.roles.includes(role)) return refused("role");
  return closed(door, role, at);
}

// Whoever is inside may always leave: an hour, a role or a revoked badge keeps nobody in a hall.
export function decide(shown, listed, door, steps, way, at) {
  if (NAMELESS.includes(shown.verdict)) return refused(shown.verdict);
  if (!listed && shown.verdict === "typed") return refused("unknown");
  const kept = way === "in" ? keptOut(shown, listed, door, at) : null;
  return kept ?? passage(door.openings, steps, way, at, door.hall);
}
