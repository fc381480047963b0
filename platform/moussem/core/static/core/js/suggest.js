// form[data-suggest=address]: its search field becomes a combobox over what the address answers.
// Without it the form simply searches; so it does again when the address does not answer.
const PAUSE = 120;
const SHORTEST = 2;

export default function suggest(form) {
  const field = form.querySelector("input[type='search']");
  const list = form.querySelector("[role='listbox']");
  const said = form.querySelector("[data-suggestions-said]");
  let timer;
  let asking;
  let active = -1;
  let asked = "";

  const options = () => [...list.querySelectorAll("[role='option']")];

  function mark(place) {
    const all = options();
    all[active]?.setAttribute("aria-selected", "false");
    active = place;
    const one = all[active];
    if (!one) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    one.setAttribute("aria-selected", "true");
    one.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", one.id);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    asked = "";
    mark(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    said.textContent = "";
  }

  function show(html) {
    const answer = new DOMParser().parseFromString(html, "text/html").querySelector("[data-said]");
    if (!answer || document.activeElement !== field) return close();
    mark(-1);
    list.replaceChildren(...answer.children);
    const any = options().length > 0;
    list.hidden = !any;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", String(any));
    said.textContent = answer.dataset.said;
  }

  async function ask() {
    const typed = field.value.trim();
    if (typed.length < SHORTEST) return close();
    if (typed === asked) return;
    asking?.abort();
    asking = new AbortController();
    const mine = asking;
    asked = typed;
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: typed })}`, {
        headers: { Accept: "text/html" },
        signal: mine.signal,
      });
      const html = answer.ok ? await answer.text() : "";
      if (mine === asking && !mine.signal.aborted) show(html);
    } catch {
      // An older question was given up, or the network failed: the form still searches.
      if (mine === asking) close();
    }
  }

  const isOpen = () => !list.hidden;
  // One step beyond either end leads back to what was typed.
  const step = (by) => {
    const places = options().length + 1;
    mark(((active + 1 + by + places) % places) - 1);
  };

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    // In the text these move the caret; among the suggestions they go to the ends.
    Home: () => active >= 0 && mark(0),
    End: () => active >= 0 && mark(options().length - 1),
    Escape: close,
    Enter: () => active >= 0 && options()[active].click(),
  };

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("compositionend", () => {
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!isOpen()) {
      if (event.key === "ArrowDown") ask();
      return;
    }
    if (keys[event.key] && keys[event.key]() !== false) event.preventDefault();
  });
  // A press on a suggestion must not take the focus, or the list would close under the finger.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // A page that comes back from the browser's memory opens with its list closed.
  window.addEventListener("pageshow", close);
  // Somebody may have typed before this script came.
  if (document.activeElement === field && field.value !== field.defaultValue) ask();
}
