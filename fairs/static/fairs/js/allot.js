// A name is pulled onto a free booth, and a taken booth to another place; the form beside them tells the server.
const FAR_ENOUGH = 6;

function attach(form) {
  const list = document.querySelector(".waiting");
  const hint = document.querySelector("[data-allot-hint]");
  list?.classList.add("waiting--pulled");
  if (hint) hint.hidden = false;
  let pull = null;

  const boothAt = (event) =>
    document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-booth]:not([data-exhibitor])");

  const takenAt = (event, source) => {
    const booth = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-booth][data-exhibitor]");
    return booth && booth !== source;
  };

  const begin = () => {
    const card = document.createElement("div");
    card.className = "waiting__one pulled";
    // It follows the pointer from the left edge, whichever way the page reads.
    card.dir = "ltr";
    card.textContent = pull.name;
    document.body.append(card);
    pull.card = card;
  };

  const mark = (booth) => {
    if (pull.over === booth) return;
    pull.over?.classList.remove("b--here");
    booth?.classList.add("b--here");
    pull.over = booth;
  };

  document.addEventListener("pointerdown", (event) => {
    const source = event.target.closest("[data-exhibitor]");
    if (!source || event.button !== 0) return;
    const name = source.querySelector("strong, title").textContent;
    pull = { source, name, x: event.clientX, y: event.clientY, card: null, over: null };
  });

  document.addEventListener("pointermove", (event) => {
    if (!pull) return;
    const far = Math.hypot(event.clientX - pull.x, event.clientY - pull.y) > FAR_ENOUGH;
    if (!pull.card && far) begin();
    if (!pull.card) return;
    pull.card.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    mark(boothAt(event));
  });

  const end = (event) => {
    if (!pull) return;
    const { source, card, over } = pull;
    pull = null;
    card?.remove();
    over?.classList.remove("b--here");
    if (card) document.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    if (event.type === "pointercancel") return;
    if (!over) {
      if (card && hint && takenAt(event, source)) hint.textContent = hint.dataset.taken;
      return;
    }
    form.elements.booth.value = over.dataset.booth;
    form.elements.exhibitor.value = source.dataset.exhibitor;
    form.elements.away_from.value = source.dataset.booth ?? "";
    form.requestSubmit();
  };
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
  document.addEventListener("dragstart", (event) => {
    // Text that was selected is dragged too, and its drag would take the pointer away.
    if (pull || event.target.closest?.("[data-exhibitor]")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pull) end({ type: "pointercancel" });
  });
}

for (const form of document.querySelectorAll("[data-allot]")) attach(form);
