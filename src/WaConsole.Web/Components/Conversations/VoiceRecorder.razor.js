// Records one voice message. It leaves the microphone at once when it is stopped, given up, or its conversation is left.
const longest = 15 * 60 * 1000;
const containers = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export function recorder(root, { take, send, back, told }) {
  const button = root.querySelector('[data-voice]');
  const why = root.querySelector('[data-voice-why]');
  const panel = root.querySelector('[data-recorder]');
  const time = root.querySelector('[data-record-time]');
  const level = root.querySelector('[data-record-level]');
  let running = null;
  let asking = false;
  let gone = false;

  const off = button.getAttribute('aria-disabled') === 'true' ? button.title
    : !isSecureContext ? root.dataset.insecure
      : !navigator.mediaDevices?.getUserMedia || !window.MediaRecorder ? root.dataset.unable
        : '';
  if (off) {
    button.setAttribute('aria-disabled', 'true');
    button.title = off;
  }

  async function begin() {
    if (off || running || asking) {
      why.textContent = off;
      return;
    }
    asking = true;
    why.textContent = '';
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
    } catch (fault) {
      why.textContent = fault.name === 'NotFoundError' ? root.dataset.none : root.dataset.denied;
      return;
    } finally {
      asking = false;
    }
    if (gone) {
      stream.getTracks().forEach(track => track.stop());
      return;
    }
    const mimeType = containers.find(type => MediaRecorder.isTypeSupported(type));
    const media = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 48000 });
    const chunks = [];
    media.addEventListener('dataavailable', event => event.data.size > 0 && chunks.push(event.data));
    media.start(1000);
    running = { media, stream, chunks, began: performance.now(), listening: listen(stream) };
    running.timer = setInterval(tick, 200);
    tick();
    panel.hidden = false;
    told(true);
    root.querySelector('[data-record-stop]').focus();
  }

  function tick() {
    const passed = performance.now() - running.began;
    const seconds = Math.floor(passed / 1000);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    level.style.transform = `scaleX(${running.listening.loudness().toFixed(2)})`;
    if (passed > longest) {
      finish(false);
    }
  }

  function release() {
    const { media, stream, chunks, timer, listening } = running;
    running = null;
    clearInterval(timer);
    listening.stop();
    panel.hidden = true;
    told(false);
    return new Promise(resolve => {
      media.addEventListener('stop', () => resolve(new Blob(chunks, { type: media.mimeType })));
      media.stop();
      stream.getTracks().forEach(track => track.stop());
    });
  }

  async function finish(andSend) {
    if (!running) {
      return true;
    }
    const sound = await release();
    back();
    const ending = sound.type.includes('mp4') ? 'm4a' : sound.type.includes('ogg') ? 'ogg' : 'webm';
    const kept = await take(new File([sound], `${root.dataset.name}.${ending}`, { type: sound.type }));
    if (kept && andSend) {
      await send();
    }
    return kept;
  }

  async function cancel() {
    if (running) {
      await release();
      button.focus();
    }
  }

  button.addEventListener('click', begin);
  root.querySelector('[data-record-stop]').addEventListener('click', () => finish(false));
  root.querySelector('[data-record-send]').addEventListener('click', () => finish(true));
  root.querySelector('[data-record-cancel]').addEventListener('click', cancel);
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }
  });

  return {
    keep: () => finish(false),
    stop() {
      gone = true;
      if (running) {
        release();
      }
    },
  };
}

// How loud it is now, from 0 to 1: it shows that the microphone hears something.
function listen(stream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return {
    loudness() {
      analyser.getByteTimeDomainData(samples);
      return Math.min(1, samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0) / 90);
    },
    stop: () => context.close(),
  };
}
