// A line wider than its place slides: the current item comes into view, and the line tells where more follows.
export default function sliding(line) {
  const middle = (element) => {
    const { left, width } = element.getBoundingClientRect();
    return left + width / 2;
  };
  const tell = () => {
    // From right to left the position counts down from zero.
    const before = Math.abs(line.scrollLeft);
    const after = line.scrollWidth - line.clientWidth - before;
    line.dataset.more = [before > 1 && "start", after > 1 && "end"].filter(Boolean).join(" ");
  };
  const current = line.querySelector("[aria-current]");
  if (current) line.scrollLeft += middle(current) - middle(line);
  line.addEventListener("scroll", tell, { passive: true });
  new ResizeObserver(tell).observe(line);
}
