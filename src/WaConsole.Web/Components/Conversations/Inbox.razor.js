// Moves clocks on in the browser, so that the server needs no timers, and binds the keys of the inbox.
const day = 24 * 3600e3;
const parts = new WeakMap();
let offset = 0;
let settings;

const serverNow = () => Date.now() + offset;

export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function setNow(now) {
  offset = now - Date.now();
  parts.get(document.querySelector('.inbox'))?.tick();
}

export function attach(root, owner, options) {
  settings = options;
  offset = options.now - Date.now();
  let timer;

  function tick() {
    clearTimeout(timer);
    const now = serverNow();
    let fast = false;
    for (const face of document.querySelectorAll('[data-ends]')) {
      fast = moveClock(face, now) || fast;
    }
    for (const time of root.querySelectorAll('time[data-relative]')) {
      moveTime(time, now);
    }
    timer = setTimeout(tick, fast ? 1000 : 5000);
  }

  const keys = event => onKey(event, root);
  document.addEventListener('keydown', keys);

  // On to what was found: J and K walk through it. Here, because "/" leads into the search before the list has its own script.
  root.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing && event.target.matches('[data-search]')) {
      event.preventDefault();
      root.querySelector('[data-rows]')?.focus();
    }
  });
  const clicked = event => {
    if (event.target.closest('[data-toggle-panel]')) {
      togglePanel(root);
    }
  };
  root.addEventListener('click', clicked);
  showPanel(root);

  const fresh = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(tick, 50);
  });
  fresh.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-ends', 'datetime'] });

  const modal = document.getElementById('components-reconnect-modal');
  const state = event => {
    if (event.detail?.state === 'hide') {
      owner.invokeMethodAsync('ReconnectedAsync');
    }
  };
  modal?.addEventListener('components-reconnect-state-changed', state);
  const visible = () => document.visibilityState === 'visible' && tick();
  document.addEventListener('visibilitychange', visible);

  parts.set(root, {
    tick,
    stop() {
      clearTimeout(timer);
      fresh.disconnect();
      document.removeEventListener('keydown', keys);
      document.removeEventListener('visibilitychange', visible);
      modal?.removeEventListener('components-reconnect-state-changed', state);
    },
  });
  tick();
}

export function detach(root) {
  parts.get(root)?.stop();
}

// Text nodes are the server's: only their data changes, so that it can go on drawing them.
const write = (element, text) => {
  const node = element?.firstChild;
  if (node && node.data !== text) {
    node.data = text;
  }
};

const fill = (pattern, amount) => pattern.replace('{0}', amount);

function moveClock(face, now) {
  const left = Date.parse(face.dataset.ends) - now;
  if (left <= 0) {
    if (face.dataset.over !== face.dataset.ends) {
      face.dataset.over = face.dataset.ends;
      write(face.querySelector('.ring-text'), settings.words.closed);
      face.querySelector('.ring-share')?.setAttribute('stroke-dasharray', '0 60');
      face.dispatchEvent(new CustomEvent('window-ended', { bubbles: true }));
    }
    return false;
  }
  delete face.dataset.over;
  face.dataset.tone = left < 3600e3 ? 'urgent' : left < 4 * 3600e3 ? 'soon' : 'calm';
  face.querySelector('.ring-share')?.setAttribute('stroke-dasharray', `${(settings.circumference * Math.min(1, left / day)).toFixed(2)} 60`);
  const text = face.querySelector('.ring-text');
  if (face.dataset.kind === 'clock' && left < 4 * 3600e3) {
    write(text, countdown(left));
    return true;
  }
  write(text, left < 3600e3 ? fill(settings.words.minutes, Math.ceil(left / 60e3)) : fill(settings.words.hours, Math.round(left / 3600e3)));
  return left < 3600e3;
}

function countdown(left) {
  const seconds = Math.floor(left / 1000);
  const two = number => String(number).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function moveTime(time, now) {
  const age = now - Date.parse(time.getAttribute('datetime'));
  if (age < day) {
    write(time, age < 60e3 ? settings.words.now
      : age < 3600e3 ? fill(settings.words.minutes, Math.floor(age / 60e3))
        : fill(settings.words.hours, Math.floor(age / 3600e3)));
  }
}

function onKey(event, root) {
  if (event.isComposing || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) {
    return;
  }
  const typing = event.target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');
  if (event.code === 'Escape') {
    // An open menu closes first, and alone.
    if (document.querySelector(':popover-open')) {
      return;
    }
    if (typing) {
      typing.blur();
    } else if (root.querySelector('[data-pick-none]')) {
      root.querySelector('[data-pick-none]').click();
    } else if (root.dataset.panel === 'drawer') {
      togglePanel(root);
    }
    return;
  }
  // Alt, which is Option on a Mac, types letters there: Option+E is the dead key of an accent and stays one.
  const asked = event.altKey && (['KeyJ', 'KeyK'].includes(event.code) || event.code === 'KeyE' && event.key.toLowerCase() === 'e');
  if (typing && !asked || event.shiftKey || document.documentElement.dataset.singleKeys === 'off' && !event.altKey) {
    return;
  }
  const run = {
    KeyJ: () => inTurn(() => openRow(root, 1)),
    KeyK: () => inTurn(() => openRow(root, -1)),
    KeyR: () => press(root, 'reply'),
    KeyN: () => press(root, 'note'),
    KeyE: () => inTurn(() => resolveAndNext(root, Boolean(typing))),
    KeyI: () => press(root, 'assign-me'),
    KeyA: () => press(root, 'assign'),
    KeyZ: () => press(root, 'snooze'),
    KeyU: () => press(root, 'unread'),
    KeyT: () => press(root, 'template'),
    KeyL: () => press(root, 'label'),
    KeyX: () => pickRow(root),
    Period: () => openMenu(root),
    KeyP: () => togglePanel(root),
    Slash: () => root.querySelector('[data-search]')?.focus(),
  }[event.code];
  if (run && (!event.altKey || asked)) {
    event.preventDefault();
    // A key that is held walks through the list, and does nothing else twice.
    if (!event.repeat || ['KeyJ', 'KeyK'].includes(event.code)) {
      run();
    }
  }
}

// By the address: it changes with the press, and the mark of the row only when the server has drawn it.
const openAt = rows => rows.findIndex(row => row.pathname === location.pathname);

// Keys come faster than the server draws. Each waits for those before it, and acts on the conversation that they opened.
let last = Promise.resolve();
function inTurn(run) {
  last = last.catch(() => {}).then(run);
}

// A key that is given up is lost, and nobody is told: a busy server may take seconds. Whoever goes elsewhere meanwhile takes it back.
const waitTime = 20_000;

async function isDrawn(root) {
  const path = location.pathname;
  const open = path.match(/\/inbox\/(\d+)$/u)?.[1];
  const isThere = () => !open || root.querySelector(`[data-conversation="${open}"]`) !== null;
  await until(root, () => isThere() || location.pathname !== path, { childList: true, subtree: true }, waitTime);
  return isThere() && location.pathname === path;
}

function until(element, isSo, what, time) {
  if (isSo()) {
    return Promise.resolve(true);
  }
  return new Promise(resolve => {
    const drawn = new MutationObserver(() => isSo() && end(true));
    const late = setTimeout(() => end(false), time);
    const end = is => {
      clearTimeout(late);
      drawn.disconnect();
      resolve(is);
    };
    drawn.observe(element, what);
  });
}

function press(root, key) {
  inTurn(async () => await isDrawn(root) && root.querySelector(`[data-key="${key}"]`)?.click());
}

// The next row is chosen before the list changes: the resolved one leaves it.
async function resolveAndNext(root, typing) {
  const resolve = await isDrawn(root) && root.querySelector('[data-resolves]');
  if (!resolve) {
    return;
  }
  const rows = [...root.querySelectorAll('a.row')];
  const at = openAt(rows);
  resolve.click();
  open(root, at < 0 ? null : rows[at + 1] ?? rows[at - 1], typing);
}

// The keys stay with the list: the box of a conversation opened so does not take them, unless they come from one.
function open(root, row, typing) {
  if (!row) {
    return;
  }
  if (!typing) {
    root.dataset.walked = row.dataset.id;
  }
  row.click();
  if (!typing) {
    row.focus({ preventScroll: true });
  }
  row.scrollIntoView({ block: 'nearest' });
}

function pickRow(root) {
  const row = document.activeElement?.closest('.row-slot') ?? root.querySelector('a.row[aria-current="true"]')?.closest('.row-slot');
  row?.querySelector('[data-pick]').click();
}

function openMenu(root) {
  const row = document.activeElement?.closest('.row-slot')?.querySelector('a.row') ?? root.querySelector('a.row[aria-current="true"]');
  row?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
}

// Somebody who types a name, Enter and J means a row of what is found, not of what is still shown: what is not shown in time opens
// nobody.
function found(root) {
  const [search, list] = [root.querySelector('[data-search]'), root.querySelector('[data-rows]')];
  const isShown = () => search.value.trim() === list.dataset.shown;
  return until(list, isShown, { attributes: true, attributeFilter: ['data-shown'] }, waitTime);
}

async function openRow(root, step) {
  if (!root.querySelector('[data-search]') || !await found(root)) {
    return;
  }
  const rows = [...root.querySelectorAll('a.row')];
  const at = openAt(rows);
  open(root, rows[at < 0 ? 0 : at + step]);
}

const wide = matchMedia('(min-width: 1180px)');

function showPanel(root) {
  root.dataset.panel = wide.matches && localStorage.getItem('inbox-panel') === 'off' ? 'off' : '';
}

function togglePanel(root) {
  if (wide.matches) {
    root.dataset.panel = root.dataset.panel === 'off' ? '' : 'off';
    localStorage.setItem('inbox-panel', root.dataset.panel);
  } else {
    root.dataset.panel = root.dataset.panel === 'drawer' ? '' : 'drawer';
  }
}
