// Reads codes with the camera, where the browser knows how; elsewhere numbers are typed.
const PAUSE = 150;
const SAME_AGAIN = 4000;

export default async function camera(video, heard) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return false;
  const wanted = { video: { facingMode: "environment" }, audio: false };
  const stream = await navigator.mediaDevices.getUserMedia(wanted).catch(() => null);
  if (!stream) return false;
  video.srcObject = stream;
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let last = { code: "", at: 0 };
  const look = async () => {
    const [found] = document.hidden ? [] : await detector.detect(video).catch(() => []);
    const now = Date.now();
    // A badge that stays before the camera is one scan.
    if (found && (found.rawValue !== last.code || now - last.at > SAME_AGAIN)) await heard(found.rawValue);
    if (found) last = { code: found.rawValue, at: Date.now() };
    setTimeout(look, PAUSE);
  };
  look();
  return true;
}
