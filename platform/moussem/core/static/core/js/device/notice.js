// A line where messages are read: something waits on this device, or was refused.
import { REFUSED, WAITING, itemsOf, personHere } from "./outbox.js";

export default async function notice() {
  const place = document.getElementById("messages");
  const words = document.querySelector("template[data-outbox-words]");
  if (!place || !words) return;
  const items = await itemsOf(personHere()).catch(() => []);
  const count = (state) => items.filter((item) => item.state === state).length;
  const [waiting, refused] = [count(WAITING), count(REFUSED)];
  let told = place.querySelector("[data-outbox-told]");
  if (!waiting && !refused) return told?.remove();
  if (!told) {
    place.append(words.content.cloneNode(true));
    told = place.querySelector("[data-outbox-told]");
  }
  for (const [name, number] of Object.entries({ waiting, refused })) {
    const part = told.querySelector(`[data-of=${name}]`);
    part.hidden = !number;
    part.querySelector("bdi").textContent = number;
  }
}
