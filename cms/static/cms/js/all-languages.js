// One tick for all languages a page is handed to; the package has this inside its page, where our security
// policy stops it.
const all = document.querySelector("[name=select_all]");
all?.addEventListener("change", () => {
  for (const one of document.querySelectorAll("[name=locales]")) one.checked = all.checked;
});
