// Sections of a room become tabs: one is seen, arrows go from one to the next. Without script all stand below
// each other. A condition in data-live-tabs says for which screens; on others all are seen.
function attach(box) {
  const panels = [...box.querySelectorAll(":scope > [data-tab]")];
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", box.dataset.label);

  const tabs = panels.map((panel) => {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", className: "tabs__tab", id: `tab-${panel.id}` });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.append(panel.dataset.tab);
    tab.addEventListener("click", () => open(panel));
    list.append(tab);
    return tab;
  });

  let seen;
  const narrow = matchMedia(box.dataset.liveTabs || "all");

  // Where there is room for all, they are sections as without script.
  function lay() {
    list.hidden = !narrow.matches;
    panels.forEach((panel, number) => {
      const told = { role: "tabpanel", "aria-labelledby": tabs[number].id, tabindex: -1 };
      for (const [name, value] of Object.entries(told))
        narrow.matches ? panel.setAttribute(name, value) : panel.removeAttribute(name);
      if (!narrow.matches) panel.hidden = false;
    });
    if (narrow.matches) open(seen);
  }

  function open(chosen) {
    seen = chosen;
    panels.forEach((panel, number) => {
      const isOpen = panel === chosen;
      panel.hidden = !isOpen;
      tabs[number].setAttribute("aria-selected", isOpen);
      tabs[number].tabIndex = isOpen ? 0 : -1;
      if (isOpen) tabs[number].removeAttribute("data-news");
    });
  }

  list.addEventListener("keydown", (event) => {
    const here = tabs.indexOf(document.activeElement);
    const forward = document.dir === "rtl" || getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: forward, ArrowLeft: -forward };
    const last = tabs.length - 1;
    const at = { Home: 0, End: last }[event.key] ?? (steps[event.key] ? here + steps[event.key] : null);
    if (at === null || here < 0) return;
    event.preventDefault();
    const next = tabs[(at + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });

  // A part that changes while it is not seen says so.
  box.addEventListener("live-news", (event) => {
    const number = panels.findIndex((panel) => panel.contains(event.target));
    if (number >= 0 && panels[number].hidden) tabs[number].setAttribute("data-news", "");
  });

  box.prepend(list);
  const named = location.hash && document.querySelector(location.hash)?.closest("[data-tab]");
  seen = panels.includes(named) ? named : panels[0];
  lay();
  narrow.addEventListener("change", lay);
  // Whoever was led here by an address sees the place, not the head of the page.
  if (named && narrow.matches) box.scrollIntoView();
}

document.querySelectorAll("[data-live-tabs]").forEach(attach);
