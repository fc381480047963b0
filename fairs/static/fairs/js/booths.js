// A touched booth is told below the plan, and once there is room who stands there is written into each.
const LETTERS = 14;
const LINES = 2;

function tell(plan) {
  const strip = plan.querySelector("[data-plan-told]");
  if (!strip) return;
  const who = strip.querySelector("[data-plan-who]");
  const open = strip.querySelector("[data-plan-open]");
  plan.querySelector("[data-plan-drawing]").addEventListener("click", (event) => {
    const booth = event.target.closest("a.b");
    // A finger covers several booths: the first touch tells which one it met, the second follows it.
    if (!booth || event.defaultPrevented || event.pointerType !== "touch") return;
    const before = plan.querySelector(".b--here");
    if (booth === before) return;
    event.preventDefault();
    before?.classList.remove("b--here");
    booth.classList.add("b--here");
    who.textContent = booth.querySelector("title").textContent;
    open.href = booth.getAttribute("href");
    open.hidden = false;
    strip.hidden = false;
  });
}

// A name in as many lines as a booth has room for; what is left of it is cut.
function broken(name) {
  const lines = [""];
  for (const word of name.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= LETTERS || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.slice(0, LINES);
  if (lines.length > LINES || kept.at(-1).length > LETTERS) {
    kept[kept.length - 1] = `${kept.at(-1).slice(0, LETTERS - 1)}…`;
  }
  return kept;
}

function name(svg) {
  const size = Number(svg.getAttribute("font-size")) * 0.38;
  for (const booth of svg.querySelectorAll("a.b.t")) {
    const number = booth.querySelector("text");
    const told = booth.querySelector("title").textContent.split(" · ").slice(1).join(" · ");
    broken(told).forEach((line, at) => {
      const text = number.cloneNode();
      text.textContent = line;
      text.setAttribute("class", "b__name");
      text.setAttribute("font-size", size.toFixed(1));
      text.setAttribute("y", Number(number.getAttribute("y")) + size * 1.15 * (at + 1));
      // The title says the whole name already.
      text.setAttribute("aria-hidden", "true");
      booth.append(text);
    });
  }
}

for (const plan of document.querySelectorAll("[data-plan]")) {
  tell(plan);
  name(plan.querySelector("[data-plan-drawing]"));
}
