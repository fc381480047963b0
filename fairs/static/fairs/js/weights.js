// Says what the weights add up to while they are typed; the server says it without us.
const WHOLE = 100;

function attach(line) {
  const form = line.closest("form");
  const said = line.querySelector("[data-said]");
  form.addEventListener("input", () => {
    const typed = [...form.querySelectorAll('input[name^="weight-"]')];
    const total = typed.reduce((sum, one) => sum + (Number.parseInt(one.value, 10) || 0), 0);
    const words = line.dataset[total === WHOLE ? "exact" : total < WHOLE ? "under" : "over"];
    const told = words.replace("%(total)s", total).replace("%(rest)s", Math.abs(WHOLE - total));
    if (said.textContent !== told) said.textContent = told;
    line.toggleAttribute("data-off", total !== WHOLE);
  });
}

document.querySelectorAll("[data-weights]").forEach(attach);
