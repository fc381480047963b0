// A select[data-time-zone] starts at the browser's own zone, until the person chooses another.
export default function timeZone(select) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // A browser may know the zone under an older name than the list: its own name for each option tells.
  const nameHere = (zone) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      return zone;
    }
  };
  const options = [...select.options];
  const known = options.find(({ value }) => value === here) || options.find(({ value }) => nameHere(value) === here);
  const untouched = options.every((option) => option.selected === option.defaultSelected);
  // The towns of the person's own part of the world come first.
  const near = known?.closest("optgroup");
  if (near) select.prepend(near);
  // A form that comes back with errors holds a choice already.
  if (known && untouched && !select.form.querySelector("[aria-invalid='true']")) select.value = known.value;
}
