// The arrow keys walk from one quantity that can be ordered to the next; a text field has none of its own.
const WAYS = { ArrowUp: 1, ArrowDown: -1 };
// A thousand or little more than one: what was typed is not guessed, nor written over.
const AMBIGUOUS = /^0*[1-9]\d{0,2}[.,]\d{3}$/;
// More digits are lost in a floating point.
const LONGEST = 14;
// Floating point: what is this near to a step stands on it.
const NEAR = 1e-6;

function told(number) {
  const text = String(Number(number.toFixed(3)));
  // Three decimals could be thousands, and are refused; four are read in every language.
  const plain = AMBIGUOUS.test(text) ? `${text}0` : text;
  return document.documentElement.lang === "en" ? plain : plain.replace(".", ",");
}

export default function walk(field) {
  const [least, step] = [Number(field.dataset.least), Number(field.dataset.walk)];
  field.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const typed = field.value.trim();
    if (AMBIGUOUS.test(typed) || typed.length > LONGEST) return;
    const now = Number(typed.replace(",", "."));
    if (!way || event.altKey || event.ctrlKey || event.metaKey || !Number.isFinite(now)) return;
    event.preventDefault();
    const steps = (now - least) / step;
    const next = way > 0 ? Math.floor(steps + NEAR) + 1 : Math.ceil(steps - NEAR) - 1;
    field.value = told(least + Math.max(0, next) * step);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
