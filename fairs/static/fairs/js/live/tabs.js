// Sections of a room become tabs: one is seen, arrows go from one to the next. Without script all stand below
// each other.
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
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = -1;
    tab.addEventListener("click", () => open(panel));
    list.append(tab);
    return tab;
  });

  function open(chosen) {
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
  open(panels.includes(named) ? named : panels[0]);
  // Whoever was led here by an address sees the place, not the head of the page.
  if (named) box.scrollIntoView();
}

document.querySelectorAll("[data-live-tabs]").forEach(attach);
