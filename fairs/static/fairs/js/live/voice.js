// Lines of the practice buyer said aloud: one at a time, fetched when somebody asks for it.
function attach(page) {
  const voices = JSON.parse(page.dataset.voices);
  const player = new Audio();
  let playing = null;
  let queue = [];

  function show(link, words) {
    link.querySelector("[data-said]").textContent = words;
  }

  function stop() {
    player.pause();
    queue = [];
    if (playing) show(playing, playing.dataset.said);
    playing = null;
  }

  function next() {
    if (!queue.length) {
      stop();
      return;
    }
    player.src = queue.shift();
    player.play().catch(() => {});
  }

  function failed() {
    if (!playing) return;
    const { failed: words } = playing.dataset;
    const link = playing;
    stop();
    if (words) link.after(` ${words}`);
    delete link.dataset.failed;
  }

  player.addEventListener("ended", next);
  player.addEventListener("error", failed);

  page.addEventListener("click", (event) => {
    const link = event.target.closest(".listen");
    if (!link) return;
    event.preventDefault();
    const again = link === playing;
    stop();
    if (again) return;
    playing = link;
    link.dataset.said ??= link.textContent.trim();
    show(link, link.dataset.stop);
    queue = link.closest("[data-voice]").dataset.voice.split(" ").map((name) => voices[name]);
    next();
  });

  page.addEventListener("live-frame", ({ detail }) => {
    const aloud = detail.event === "entry" && detail.body.data?.voice?.filter((name) => name in voices);
    if (!aloud?.length) return;
    // The page draws the line right after it was told of it.
    queueMicrotask(() => {
      const drawn = page.querySelector(`[data-live-log] [data-seq="${detail.seq}"]`);
      if (!drawn || drawn.querySelector(".listen")) return;
      drawn.dataset.voice = aloud.join(" ");
      drawn.append(page.querySelector("[data-live-listen]").content.cloneNode(true));
      drawn.querySelector(".listen").href = voices[aloud.at(-1)];
    });
  });
}

document.querySelectorAll("[data-voices]").forEach(attach);
