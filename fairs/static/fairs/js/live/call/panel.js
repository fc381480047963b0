// The place of the pictures while there are none: when the call begins, and where the other one is.
const UNITS = { day: 86_400_000, hour: 3_600_000, minute: 60_000 };
// From here on minutes say too much.
const LONG = 90 * UNITS.minute;

export default function panel(page) {
  const door = page.querySelector("[data-call-door]");
  const [when, whether] = ["when", "whether"].map((name) => door.querySelector(`[data-call-${name}]`));
  const words = door.dataset;

  function span(milliseconds) {
    const unit = milliseconds < LONG ? "minute" : milliseconds < 2 * UNITS.day ? "hour" : "day";
    const style = { style: "unit", unit, unitDisplay: "short" };
    const number = new Intl.NumberFormat(`${page.dataset.language}-u-nu-latn`, style);
    return number.format(Math.max(1, Math.round(milliseconds / UNITS[unit])));
  }

  function sentence({ begins, isAbsent, until }) {
    if (page.hasAttribute("data-over")) return words.ended;
    const now = Date.now();
    if (isAbsent && until) return words.comesIn.replace("{time}", span(until - now));
    if (now < begins) return words.beginsIn.replace("{time}", span(begins - now));
    return isAbsent && now - begins > UNITS.minute ? words.lateBy.replace("{time}", span(now - begins)) : "";
  }

  const write = (place, text) => place.textContent !== text && (place.textContent = text);

  return {
    other: Number(words.other),
    span,
    // ``until`` is when the other one said they come, ``word`` where they are now.
    draw(how) {
      write(when, sentence(how));
      write(whether, how.until && how.isAbsent ? "" : how.word);
    },
  };
}
