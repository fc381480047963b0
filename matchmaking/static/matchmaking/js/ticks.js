// One tick for a whole row or column of a grid of boxes. Without script each box is ticked by itself.
function attach(grid) {
  const wholes = [...grid.querySelectorAll("[data-ticks]")];
  const boxesOf = (whole) => [...grid.querySelectorAll(`input[name]${whole.dataset.ticks}:enabled`)];

  function follow() {
    for (const whole of wholes) {
      const boxes = boxesOf(whole);
      const ticked = boxes.filter((box) => box.checked).length;
      whole.disabled = !boxes.length;
      whole.checked = ticked > 0 && ticked === boxes.length;
      whole.indeterminate = ticked > 0 && ticked < boxes.length;
    }
  }

  grid.addEventListener("change", ({ target }) => {
    if (target.dataset.ticks) for (const box of boxesOf(target)) box.checked = target.checked;
    follow();
  });
  for (const hidden of grid.querySelectorAll("[data-ticks-beside]")) hidden.hidden = false;
  follow();
}

document.querySelectorAll("[data-ticked-whole]").forEach(attach);
