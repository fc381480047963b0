// Says which files were chosen and how large they are, and refuses too large ones before they are sent.
function sized(bytes) {
  const [unit, step] = bytes < 1e3 ? ["byte", 1] : bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const locale = `${document.documentElement.lang}-u-nu-latn`;
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / step);
}

export default function upload(place) {
  const input = place.querySelector("input[type='file']");
  const names = place.querySelector("output");
  const none = names.textContent;
  const limit = Number(input.dataset.maxBytes ?? Infinity);
  input.addEventListener("change", () => {
    const files = [...input.files];
    const tooLarge = files.some((file) => file.size > limit);
    input.setCustomValidity(tooLarge ? place.dataset.uploadTooLarge : "");
    names.textContent = files.map((file) => `${file.name} (${sized(file.size)})`).join(" · ") || none;
    if (tooLarge) input.reportValidity();
  });
}
