// A plan comes nearer, moves and goes back: by buttons, keys, a pulled ground, and two fingers.
const NEAREST = 8;
const STEP = 1.5;
// How wide a booth is on the page before it has room for a name, in pixels; numbers are 0.27 of a booth.
const ROOMY = 120;
const OF_A_BOOTH = 0.27;
// What a finger meets.
const FINGER = 44;

function attach(plan) {
  const frame = plan.querySelector("[data-plan-frame]");
  const svg = plan.querySelector("[data-plan-drawing]");
  const { x: left, y: top, width, height } = svg.viewBox.baseVal;
  plan.classList.add("plan--live");
  // The view has the shape of the frame: the whole hall lies within it.
  const ratio = svg.clientHeight / svg.clientWidth || height / width;
  const widest = Math.max(width, height / ratio);
  const view = { x: left, y: top, width: widest, height: widest * ratio };

  // What is smaller than the view stands in its middle; what is larger fills it.
  const kept = (at, part, from, whole) =>
    from + (part >= whole ? (whole - part) / 2 : Math.min(Math.max(at - from, 0), whole - part));
  const booth = Number(svg.getAttribute("font-size")) / OF_A_BOOTH;
  const show = () => {
    view.x = kept(view.x, view.width, left, width);
    view.y = kept(view.y, view.height, top, height);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    plan.classList.toggle("plan--near", (svg.clientWidth / view.width) * booth >= ROOMY);
  };

  // What was touched last, else the middle of what is seen.
  const middle = () => {
    const touched = svg.querySelector(".b--here");
    const { x, y, width: wide, height: high } = touched?.getBBox() ?? view;
    return { x: x + wide / 2, y: y + high / 2 };
  };

  // What lies under a point stays under it.
  const zoom = (by, at = middle()) => {
    const size = Math.min(Math.max(view.width / by, widest / NEAREST), widest);
    const change = size / view.width;
    view.x = at.x - (at.x - view.x) * change;
    view.y = at.y - (at.y - view.y) * change;
    view.width = size;
    view.height *= change;
    show();
  };

  const move = (across, down) => {
    view.x += across;
    view.y += down;
    show();
  };

  const point = (event) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  const whole = () => {
    Object.assign(view, { width: widest, height: widest * ratio });
    show();
  };

  // On paper the whole hall stands, whatever the screen shows.
  const seen = {};
  window.addEventListener("beforeprint", () => {
    Object.assign(seen, view);
    svg.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
  });
  window.addEventListener("afterprint", () => {
    Object.assign(view, seen);
    show();
  });

  const presses = { in: () => zoom(STEP), out: () => zoom(1 / STEP), all: whole };
  plan.querySelector("[data-plan-tools]").hidden = false;
  plan.addEventListener("click", (event) => {
    const button = event.target.closest("[data-plan-press]");
    if (button) presses[button.dataset.planPress]();
  });

  const keys = {
    "+": presses.in,
    "=": presses.in,
    "-": presses.out,
    0: presses.all,
    ArrowLeft: () => move(-view.width / 8, 0),
    ArrowRight: () => move(view.width / 8, 0),
    ArrowUp: () => move(0, -view.height / 8),
    ArrowDown: () => move(0, view.height / 8),
  };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // A wheel scrolls the page, as everywhere; with the control key it brings the plan nearer.
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, point(event));
    },
    { passive: false },
  );

  pulling(plan, svg, { point, move, zoom, isWhole: () => view.width >= widest });

  show();
  const found = svg.querySelector(".f");
  if (found) {
    const { x, y, width: wide, height: high } = found.getBBox();
    // Some booths around it stay in sight, in the hand fewer.
    const about = Math.min(Math.max(svg.clientWidth / 90, 4), 9);
    zoom(Math.max(widest / (Math.max(wide, high) * about), 1), { x: x + wide / 2, y: y + high / 2 });
    move(x + wide / 2 - (view.x + view.width / 2), y + high / 2 - (view.y + view.height / 2));
  } else if (matchMedia("(pointer: coarse)").matches) {
    // In the hand it opens at its first booths, each as large as a finger.
    const large = FINGER / ((svg.clientWidth / view.width) * booth);
    if (large > 1) zoom(large, { x: left, y: top });
  }
}

function pulling(plan, svg, { point, move, zoom, isWhole }) {
  const fingers = new Map();
  let apart = 0;
  const distance = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };

  svg.addEventListener("pointerdown", (event) => {
    // A booth of the organiser's plan is pulled itself.
    if (event.button !== 0 || event.target.closest("[data-exhibitor]")) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) apart = distance();
  });
  window.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const from = point(before);
    const to = point(event);
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const now = distance();
      zoom(now / apart, to);
      apart = now;
    } else if (!isWhole()) {
      plan.classList.add("plan--moving");
      move(from.x - to.x, from.y - to.y);
    }
  });
  const leave = (event) => {
    fingers.delete(event.pointerId);
    // The click that ends a pull must not follow the booth below it.
    if (plan.classList.contains("plan--moving")) {
      svg.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
      setTimeout(() => plan.classList.remove("plan--moving"));
    }
  };
  window.addEventListener("pointerup", leave);
  window.addEventListener("pointercancel", leave);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

for (const plan of document.querySelectorAll("[data-plan]")) attach(plan);
