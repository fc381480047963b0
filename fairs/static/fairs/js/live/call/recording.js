// The sound of a call, kept in this window alone, and only while everybody agrees.
export default function recording(page, clock) {
  const said = page.querySelector("[data-call-recording]");
  const list = page.querySelector("[data-call-recordings]");
  const unsaved = new Set();
  let running = null;

  // Each recording has a link of its own: a later one takes the place of none.
  function keep(parts, type, began) {
    const line = page.querySelector("[data-call-recorded]").content.firstElementChild.cloneNode(true);
    const link = line.querySelector("a");
    const at = clock.format(began);
    line.querySelector("[data-at]").textContent = at;
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = `call-${at.replace(":", "-")}-${list.children.length + 1}.webm`;
    link.addEventListener("click", () => unsaved.delete(link));
    unsaved.add(link);
    list.append(line);
  }

  function begin() {
    const mixer = new AudioContext();
    const mixed = mixer.createMediaStreamDestination();
    const recorder = new MediaRecorder(mixed.stream);
    const [parts, began] = [[], new Date()];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      mixer.close();
      keep(parts, recorder.mimeType, began);
    };
    recorder.start(1_000);
    return { recorder, mixer, mixed, heard: new Set() };
  }

  // Whoever comes, or comes back, is in what is recorded already.
  function mix(tracks) {
    for (const track of tracks.filter(({ id }) => !running.heard.has(id))) {
      running.heard.add(track.id);
      running.mixer.createMediaStreamSource(new MediaStream([track])).connect(running.mixed);
    }
  }

  // What was not saved is gone with the page.
  addEventListener("beforeunload", (event) => {
    if (running || unsaved.size) event.preventDefault();
  });

  // Begin or end, as is agreed now.
  return function follow(isAgreed, tracks) {
    if (isAgreed && !running && window.MediaRecorder && tracks.length) {
      running = begin();
      said.textContent = said.dataset.runs;
    } else if (!isAgreed && running) {
      running.recorder.stop();
      running = null;
      said.textContent = said.dataset.done;
    }
    if (running) mix(tracks);
  };
}
