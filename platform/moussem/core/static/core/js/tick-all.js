// One tick for many: it ticks all of its group, and shows whether all of them, some or none are ticked.
export default function tickAll(element) {
  const { form } = element;
  const group = [...form.querySelectorAll(`[data-tick~="${element.dataset.tickAll}"]`)];
  if (!group.length) return;
  const show = () => {
    const ticked = group.filter((one) => one.checked).length;
    element.checked = ticked === group.length;
    element.indeterminate = ticked > 0 && ticked < group.length;
  };
  element.addEventListener("change", () => {
    for (const one of group) one.checked = element.checked;
  });
  form.addEventListener("change", show);
  element.closest("label").hidden = false;
  show();
}
