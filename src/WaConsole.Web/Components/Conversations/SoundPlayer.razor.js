// One sound at a time in the whole page, videos included; the speed is the listener's and is kept by the browser.
const speeds = [1, 1.5, 2];
const stored = 'wc-sound-speed';
const parts = new WeakMap();
const players = new Set();

document.addEventListener('play', event => {
  for (const media of document.querySelectorAll('audio, video')) {
    if (media !== event.target && !media.paused) {
      media.pause();
    }
  }
}, true);

export function attach(root) {
  const audio = root.querySelector('audio');
  const play = root.querySelector('[data-play]');
  const seek = root.querySelector('[data-seek]');
  const heard = root.querySelector('[data-heard]');
  const time = root.querySelector('[data-time]');
  const speed = root.querySelector('[data-speed]');
  const not = root.querySelector('[data-not]');
  const words = { play: play.getAttribute('aria-label'), pause: play.dataset.pause };
  let held = false;

  // A recording of a browser says "infinite" until it was played once; the server measured it.
  function length() {
    return Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : Number(time.dataset.length || 0) / 1000;
  }

  function draw() {
    const whole = length();
    const share = whole > 0 ? Math.min(1, audio.currentTime / whole) : 0;
    if (!held) {
      seek.value = Math.round(share * 1000);
    }
    heard.style.clipPath = `inset(0 ${(100 - share * 100).toFixed(2)}% 0 0)`;
    const started = audio.currentTime > 0 && !audio.ended;
    time.textContent = whole > 0 || started ? clock(started ? audio.currentTime : whole) : '';
    seek.setAttribute('aria-valuetext', `${clock(audio.currentTime)} / ${clock(whole)}`);
    root.toggleAttribute('data-playing', !audio.paused);
    const word = audio.paused ? words.play : words.pause;
    play.setAttribute('aria-label', word);
    play.title = word;
  }

  function useSpeed() {
    const rate = speeds.includes(Number(localStorage.getItem(stored))) ? Number(localStorage.getItem(stored)) : 1;
    audio.defaultPlaybackRate = rate;
    audio.playbackRate = rate;
    speed.textContent = `${rate}×`;
  }

  function fails(yes) {
    not.hidden = !yes;
    root.toggleAttribute('data-failed', yes);
  }

  play.addEventListener('click', () => {
    if (audio.paused) {
      audio.play().catch(fault => fault.name === 'NotSupportedError' && fails(true));
    } else {
      audio.pause();
    }
  });
  seek.addEventListener('pointerdown', () => { held = true; });
  seek.addEventListener('change', () => { held = false; });
  seek.addEventListener('input', () => {
    const whole = length();
    if (whole > 0) {
      audio.currentTime = seek.value / 1000 * whole;
      draw();
    }
  });
  speed.addEventListener('click', () => {
    localStorage.setItem(stored, speeds[(speeds.indexOf(audio.playbackRate) + 1) % speeds.length]);
    players.forEach(player => player());
  });
  for (const event of ['play', 'pause', 'timeupdate', 'loadedmetadata', 'durationchange', 'ended', 'seeked']) {
    audio.addEventListener(event, draw);
  }
  audio.addEventListener('ended', () => {
    audio.currentTime = 0;
    draw();
  });
  audio.addEventListener('loadedmetadata', () => fails(false));
  // The last source is the last hope; an error of one before it only means that the next is tried.
  audio.addEventListener('error', event => {
    if (event.target === audio.querySelector('source:last-of-type')) {
      fails(true);
    }
  }, true);
  // The copy for this browser may come after the sound did.
  const sources = new MutationObserver(() => {
    if (root.hasAttribute('data-failed')) {
      fails(false);
      audio.load();
    }
  });
  sources.observe(audio, { childList: true });

  useSpeed();
  draw();
  players.add(useSpeed);
  root.toggleAttribute('data-ready', true);
  parts.set(root, {
    stop() {
      players.delete(useSpeed);
      sources.disconnect();
      audio.pause();
    },
  });
}

export function detach(root) {
  parts.get(root)?.stop();
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
