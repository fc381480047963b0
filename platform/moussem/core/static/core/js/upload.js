// Says which files were chosen and how large they are, and refuses too large ones before they are sent.
export default function upload(place) {
  const input = place.querySelector("input[type='file']");
  const names = place.querySelector("output");
  const limit = Number(input.dataset.maxBytes ?? Infinity);
  const said = (value, unit) =>
    new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, {
      style: "unit",
      unit,
      maximumFractionDigits: 1,
    }).format(value);
  const size = (bytes) =>
    bytes < 1e6 ? said(Math.ceil(bytes / 1e3), "kilobyte") : said(bytes / 1e6, "megabyte");
  input.addEventListener("change", () => {
    const files = [...input.files];
    const tooLarge = files.some((file) => file.size > limit);
    input.setCustomValidity(tooLarge ? place.dataset.uploadTooLarge : "");
    names.textContent = files.map((file) => `${file.name} (${size(file.size)})`).join(" · ");
    if (tooLarge) input.reportValidity();
  });
}
