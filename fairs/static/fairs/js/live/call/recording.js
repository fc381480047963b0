// The sound of a call, kept in this window alone, and only while everybody agrees.
export default function recording(page) {
  const said = page.querySelector("[data-call-recording]");
  const kept = page.querySelector("[data-call-recorded]");
  let running = null;

  async function begin(tracks) {
    const mixer = new AudioContext();
    const mixed = mixer.createMediaStreamDestination();
    for (const track of tracks) mixer.createMediaStreamSource(new MediaStream([track])).connect(mixed);
    const recorder = new MediaRecorder(mixed.stream);
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      mixer.close();
      kept.href = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
      kept.hidden = false;
    };
    recorder.start(1_000);
    return recorder;
  }

  // Begin or end, as is agreed now.
  return async function follow(isAgreed, tracks) {
    if (isAgreed === Boolean(running)) return;
    if (isAgreed && window.MediaRecorder && tracks.length) {
      running = {};
      running = await begin(tracks);
      said.textContent = said.dataset.runs;
    } else if (!isAgreed && running?.stop) {
      running.stop();
      running = null;
      said.textContent = said.dataset.done;
    }
  };
}
