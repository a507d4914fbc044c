// Count in the title, dot on the icon, sound and desktop notifications. What a browser may do is its own business: kept in this browser.
const kept = 'notification-ways';
const parts = new WeakMap();

export function attach(root, owner) {
  const ways = { sound: false, desktop: false, quiet: false, from: '20:00', to: '07:00', ...JSON.parse(localStorage.getItem(kept) ?? '{}') };
  const sound = root.querySelector('[data-sound]');
  const desktop = root.querySelector('[data-desktop]');
  const blocked = root.querySelector('[data-blocked]');
  const quiet = root.querySelector('[data-quiet]');
  const from = root.querySelector('[data-quiet-from]');
  const to = root.querySelector('[data-quiet-to]');
  const icon = document.querySelector('link[rel="icon"]');
  const plain = icon?.getAttribute('href');
  const canTell = 'Notification' in window;
  let count = 0;
  let audio;

  function draw() {
    sound.setAttribute('aria-pressed', ways.sound);
    desktop.setAttribute('aria-pressed', ways.desktop && canTell && Notification.permission === 'granted');
    desktop.disabled = !canTell;
    blocked.hidden = !canTell || Notification.permission !== 'denied';
    quiet.checked = ways.quiet;
    from.value = ways.from;
    to.value = ways.to;
  }

  function keep() {
    localStorage.setItem(kept, JSON.stringify(ways));
    draw();
  }

  // Made by the press of a button, or the browser keeps it silent.
  function ring() {
    audio ??= new AudioContext();
    const start = audio.currentTime;
    for (const [pitch, after] of [[784, 0], [1047, 0.13]]) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.0001, start + after);
      loudness.gain.exponentialRampToValueAtTime(0.16, start + after + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, start + after + 0.28);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start + after);
      tone.stop(start + after + 0.3);
    }
  }

  sound.addEventListener('click', () => {
    ways.sound = !ways.sound;
    keep();
    if (ways.sound) {
      ring();
    }
  });
  desktop.addEventListener('click', async () => {
    const on = ways.desktop && Notification.permission === 'granted';
    ways.desktop = !on && await Notification.requestPermission() === 'granted';
    keep();
  });
  for (const field of [quiet, from, to]) {
    field.addEventListener('change', () => {
      Object.assign(ways, { quiet: quiet.checked, from: from.value || ways.from, to: to.value || ways.to });
      keep();
    });
  }

  const list = root.querySelector('.bell-list');
  list.addEventListener('click', event => {
    if (event.target.closest('.bell-item')) {
      list.hidePopover();
    }
  });

  function isQuiet() {
    const now = new Date().toTimeString().slice(0, 5);
    return ways.quiet && (ways.from <= ways.to ? now >= ways.from && now < ways.to : now >= ways.from || now < ways.to);
  }

  // The text node is the server's: only its data changes, so that the next page can go on writing its title there.
  function title() {
    const node = document.querySelector('head > title')?.firstChild;
    if (!node) {
      return;
    }
    const bare = node.data.replace(/^\(\d+\) /u, '');
    const wanted = count > 0 ? `(${count}) ${bare}` : bare;
    if (node.data !== wanted) {
      node.data = wanted;
    }
  }

  function tell(note) {
    const shown = new Notification(note.title, { body: note.body, tag: `conversation-${note.conversation}`, icon: '/icons/favicon.svg' });
    shown.addEventListener('click', () => {
      window.focus();
      Blazor.navigateTo(`inbox/${note.conversation}`);
      shown.close();
    });
  }

  const modal = document.getElementById('components-reconnect-modal');
  const back = event => event.detail?.state === 'hide' && owner.invokeMethodAsync('ReconnectedAsync').catch(() => {});
  modal?.addEventListener('components-reconnect-state-changed', back);

  // A page sets its title when it is opened.
  const retitled = new MutationObserver(title);
  retitled.observe(document.head, { childList: true, subtree: true, characterData: true });
  // Both come disabled: a press before this module is there would be lost.
  sound.disabled = false;
  draw();

  parts.set(root, {
    show(unread, fresh, isAway) {
      count = unread;
      title();
      icon?.setAttribute('href', unread > 0 ? '/icons/favicon-dot.svg' : plain);
      const news = fresh.filter(note => !(document.visibilityState === 'visible' && document.hasFocus() && location.pathname === `/inbox/${note.conversation}`));
      if (news.length === 0 || isAway || isQuiet()) {
        return;
      }
      if (ways.sound) {
        attempt(ring);
      }
      if (ways.desktop && canTell && Notification.permission === 'granted') {
        news.forEach(note => attempt(() => tell(note)));
      }
    },
    stop() {
      modal?.removeEventListener('components-reconnect-state-changed', back);
      retitled.disconnect();
      audio?.close();
    },
  });
}

// Chrome on Android throws: there only a service worker may show a notice. The list and the count remain.
function attempt(run) {
  try {
    run();
  } catch (fault) {
    console.warn(fault);
  }
}

export const show = (root, unread, fresh, isAway) => parts.get(root)?.show(unread, fresh, isAway);
export const detach = root => parts.get(root)?.stop();
