// Says what the scores of a review come to while they are chosen; the server says it without us.
const BEST = 3;

function attach(line) {
  const form = line.closest("form");
  const said = line.querySelector("[data-said]");
  const asked = [...form.querySelectorAll("[data-weight]")];
  form.addEventListener("input", () => {
    const chosen = asked.map((one) => [Number(one.dataset.weight), one.querySelector("input:checked")]);
    const whole = chosen.reduce((sum, [weight]) => sum + weight, 0) || 1;
    const given = chosen.reduce((sum, [weight, one]) => sum + weight * (one ? Number(one.value) : 0), 0);
    const left = chosen.filter(([, one]) => !one).length;
    const words = line.dataset[left ? "part" : "whole"];
    const told = words.replace("%(total)s", Math.round((given / (BEST * whole)) * 100)).replace("%(left)s", left);
    if (said.textContent !== told) said.textContent = told;
  });
}

document.querySelectorAll("[data-scores]").forEach(attach);
