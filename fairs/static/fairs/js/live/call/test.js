// The test of devices and network: a picture, how loud one is, and both ways through the network.
const PATIENCE = 8_000;
// A relay that is reached so says nothing of the direct way.
const OTHERWISE = /^turns:|transport=tcp/;

const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Whether a server answers without a detour: whoever is connected gathers no more, so it is asked alone.
async function reaches(servers) {
  const one = new RTCPeerConnection({ iceServers: servers });
  const answered = new Promise((done) => {
    one.onicecandidate = ({ candidate }) => {
      if (candidate?.type === "srflx") done(true);
      if (candidate?.type === "relay" && !OTHERWISE.test(candidate.url)) done(true);
    };
  });
  one.createDataChannel("test");
  await one.setLocalDescription();
  const isAnswered = await Promise.race([answered, after(PATIENCE).then(() => false)]);
  one.close();
  return isAnswered;
}

// Whether two connections of this page find each other.
async function connects(servers, iceTransportPolicy) {
  const ends = [0, 1].map(() => new RTCPeerConnection({ iceServers: servers, iceTransportPolicy }));
  ends.forEach((one, number) => {
    one.onicecandidate = ({ candidate }) => candidate && ends[1 - number].addIceCandidate(candidate).catch(() => {});
  });
  const opened = new Promise((done) => (ends[0].createDataChannel("test").onopen = () => done(true)));
  await ends[0].setLocalDescription();
  await ends[1].setRemoteDescription(ends[0].localDescription);
  await ends[1].setLocalDescription();
  await ends[0].setRemoteDescription(ends[1].localDescription);
  const isOpen = await Promise.race([opened, after(PATIENCE).then(() => false)]);
  ends.forEach((one) => one.close());
  return isOpen;
}

function follow(stream, meter) {
  const listener = new AudioContext();
  const analyser = listener.createAnalyser();
  listener.createMediaStreamSource(stream).connect(analyser);
  const heard = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(heard);
    meter.value = Math.min(1, 4 * Math.sqrt(heard.reduce((sum, one) => sum + one * one, 0) / heard.length));
  }, 100);
  return () => (clearInterval(timer), listener.close());
}

function attach(page) {
  const part = (name) => page.querySelector(`[data-${name}]`);
  const servers = JSON.parse(page.dataset.servers);
  const form = part("found");

  // The word of one result, and the sign beside it.
  function show(result, how) {
    result.textContent = page.dataset[how];
    result.parentElement.dataset.is = how;
  }

  function judge(how) {
    for (const one of part("verdict").children) one.hidden = one.dataset.when !== how;
    part("verdict").scrollIntoView({ block: "nearest" });
  }

  function tell(name, isFine) {
    if (!part(`result="${name}"`)) return;
    show(part(`result="${name}"`), isFine ? "fine" : "missing");
    part(`help="${name}"`).hidden = isFine;
    form.elements[name].value = isFine ? "yes" : "no";
  }

  const open = (wanted) => navigator.mediaDevices?.getUserMedia(wanted).catch(() => null) ?? null;

  part("begin").hidden = false;
  part("begin").onclick = async ({ target }) => {
    target.disabled = true;
    part("kept")?.remove();
    judge("running");
    for (const one of page.querySelectorAll("[data-result]")) show(one, "running");
    const [sound, pictures] = [await open({ audio: true }), await open({ video: true })];
    tell("microphone", Boolean(sound));
    tell("camera", Boolean(pictures));
    part("loudness").hidden = !sound;
    const silence = sound ? follow(sound, part("level")) : () => {};
    part("picture").hidden = !pictures;
    part("picture").srcObject = pictures;
    const hasServers = servers.length > 0;
    // Without a server to ask, nothing is known but that the browser can.
    const direct = hasServers ? reaches(servers) : connects([], "all");
    const hasRelay = servers.some(({ username }) => username);
    const ways = [hasRelay && (await connects(servers, "relay")), await direct];
    tell("relay", ways[0]);
    tell("direct", ways[1]);
    judge(sound && ways.includes(true) ? "fine" : "missing");
    form.hidden = false;
    target.disabled = false;
    // What one does next is to keep it.
    target.classList.add("button--secondary");
    target.textContent = page.dataset.again;
    setTimeout(() => {
      silence();
      for (const track of [...(sound?.getTracks() ?? []), ...(pictures?.getTracks() ?? [])]) track.stop();
      part("picture").hidden = part("loudness").hidden = true;
    }, 30_000);
  };
}

document.querySelectorAll("[data-call-test]").forEach(attach);
