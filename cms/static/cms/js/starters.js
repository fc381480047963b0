// What Wagtail starts by scripts inside its pages, which our security policy refuses: an element says by its
// data what is to be started, and this starts it, once it stands in the page.
const STARTED = /^(init(Date|DateTime|Time)Chooser|InlinePanel|MultipleChooserPanel|\w*Chooser)$/;

class Starter extends window.StimulusModule.Controller {
  static values = { what: String, with: Array };

  connect() {
    if (this.started || !STARTED.test(this.whatValue)) return;
    this.started = true;
    const start = window[this.whatValue];
    // A day that is half written stays as it is typed: the calendar would put now in its place.
    if (this.whatValue.startsWith("init")) start(this.withValue[0], { ...this.withValue[1], validateOnBlur: false });
    else new start(...this.withValue);
  }
}

window.wagtail.app.register("house-start", Starter);

// A calendar lies above what stands below its field: a key that leaves the field closes it.
document.addEventListener("keydown", (event) => {
  const isOpen = [...document.querySelectorAll(".xdsoft_datetimepicker")].some((one) => one.checkVisibility());
  if (!isOpen || !["Tab", "Enter", "Escape"].includes(event.key) || !event.target.matches("input")) return;
  window.jQuery(event.target).datetimepicker("hide");
  if (event.key === "Tab") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// The editor of translations looks for these where it opens a chooser.
const { imageChooser, documentChooser, pageChooser } = document.currentScript.dataset;
window.chooserUrls ??= { imageChooser, documentChooser, pageChooser };
