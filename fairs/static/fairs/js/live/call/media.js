// The own microphone and camera: sound first, pictures when they are asked for.
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
const PICTURES = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 20 } };

export default class Media extends EventTarget {
  tracks = { audio: null, video: null };

  get state() {
    return { microphone: Boolean(this.tracks.audio?.enabled), camera: Boolean(this.tracks.video) };
  }

  // Whether the microphone may be used.
  async listen() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND });
      [this.tracks.audio] = stream.getAudioTracks();
    } catch {
      return false;
    }
    return true;
  }

  mute() {
    const { audio } = this.tracks;
    if (!audio) return;
    audio.enabled = !audio.enabled;
    this.#changed();
  }

  async look() {
    if (this.tracks.video) {
      this.tracks.video.stop();
      this.tracks.video = null;
    } else {
      const stream = await navigator.mediaDevices.getUserMedia({ video: PICTURES });
      [this.tracks.video] = stream.getVideoTracks();
      // Unplugged, or taken by another program.
      this.tracks.video.onended = () => this.tracks.video && this.look();
    }
    this.#changed();
  }

  stop() {
    for (const kind of Object.keys(this.tracks)) {
      this.tracks[kind]?.stop();
      this.tracks[kind] = null;
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
