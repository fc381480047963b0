// Rows of sources are added and taken away; an emptied row would be left out all the same.
const numberOf = (rows) => rows.querySelectorAll("[data-row]").length;

document.addEventListener("click", ({ target }) => {
  const rows = target.closest("[data-rows]");
  if (!rows) return;
  if (target.closest("[data-rows-add]")) add(rows);
  const off = target.closest("[data-rows-off]");
  if (off) takeAway(rows, off.closest("[data-row]"));
});

function add(rows) {
  // Numbers are never used twice: a row that was taken away keeps its own.
  const next = Math.max(Number(rows.dataset.next ?? 0), numberOf(rows));
  rows.dataset.next = next + 1;
  const row = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const one of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...one.attributes]) {
      if (value.includes("__number__")) one.setAttribute(name, value.replace("__number__", told(name, next)));
    }
  }
  const said = row.querySelector("[data-rows-off] span");
  said.textContent = said.textContent.replace("__number__", next + 1);
  rows.querySelector("[data-rows-here]").append(row);
  row.querySelector("input").focus();
}

// People count from one.
const told = (name, next) => (name === "aria-label" ? next + 1 : next);

function takeAway(rows, row) {
  for (const field of row.querySelectorAll("input, select")) field.value = "";
  row.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
  row.hidden = true;
  rows.querySelector("[data-rows-add]").focus();
}
