// One list of questions serves all that are led: it opens for the question that asks the same as another.
function attach(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("[data-merges]");
    const box = page.querySelector("[data-merge]");
    if (!link || !box) return;
    event.preventDefault();
    const { question, into } = box.querySelector("form").elements;
    box.open = true;
    question.value = link.dataset.merges;
    only(question, into);
    box.scrollIntoView({ block: "nearest" });
    into.focus();
  });
  page.addEventListener("change", ({ target }) => {
    if (target.matches("[data-merge] [name=question]")) only(target, target.form.elements.into);
  });
}

// Nothing asks the same as itself.
function only(question, into) {
  for (const one of into.options) one.disabled = Boolean(one.value) && one.value === question.value;
  if (into.selectedOptions[0]?.disabled) into.value = "";
}

document.querySelectorAll("[data-live-leads]").forEach(attach);
