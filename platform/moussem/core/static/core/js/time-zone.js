// A select[data-time-zone] starts at the browser's own zone, until the person chooses another.
export default function timeZone(select) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...select.options].some((option) => option.value === here);
  const untouched = [...select.options].every((option) => option.selected === option.defaultSelected);
  // A form that comes back with errors holds a choice already.
  if (known && untouched && !select.form.querySelector("[aria-invalid='true']")) select.value = here;
}
