// What was said earlier is put above what is on the page, which stays where the eye is.
export default function earlier(log) {
  const frame = log.parentElement;
  let link = frame.querySelector("[data-live-earlier]");
  const oldest = () => log.querySelector("[data-seq]");

  async function load(event) {
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    const answer = await fetch(link.href, { cache: "no-store", redirect: "error" }).catch(() => null);
    if (!answer?.ok) {
      link.removeAttribute("aria-busy");
      if (link.dataset.failed) link.after(` ${link.dataset.failed}`);
      delete link.dataset.failed;
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const first = oldest();
    const was = frame.scrollHeight - frame.scrollTop;
    for (const line of page.querySelectorAll("[data-live-log] > [data-seq]")) {
      line.removeAttribute("id");
      log.insertBefore(line, first);
    }
    const next = page.querySelector("[data-live-earlier]");
    if (next) {
      link.parentElement.replaceWith(next.parentElement);
      link = next;
      link.addEventListener("click", load);
    } else {
      link.parentElement.remove();
      log.parentElement.focus({ preventScroll: true });
    }
    frame.scrollTop = frame.scrollHeight - was;
  }

  link?.addEventListener("click", load);
}
