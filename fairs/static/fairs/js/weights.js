// Says what the weights add up to while they are typed; the server says it without us.
const WHOLE = 100;
const ZERO = "٠".charCodeAt(0);

function whole(typed) {
  const latin = typed.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - ZERO);
  return Number.parseInt(latin, 10) || 0;
}

function attach(line) {
  const form = line.closest("form");
  const said = line.querySelector("[data-said]");
  form.addEventListener("input", () => {
    const typed = [...form.querySelectorAll('input[name^="weight-"]')];
    const total = typed.reduce((sum, one) => sum + whole(one.value), 0);
    const words = line.dataset[total === WHOLE ? "exact" : total < WHOLE ? "under" : "over"];
    const told = words.replace("%(total)s", total).replace("%(rest)s", Math.abs(WHOLE - total));
    if (said.textContent !== told) said.textContent = told;
    line.toggleAttribute("data-off", total !== WHOLE);
  });
}

document.querySelectorAll("[data-weights]").forEach(attach);
