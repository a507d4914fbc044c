// Ctrl/Cmd+K, "?" and the G sequences. Runs before the keys of a page, so that the second key of a sequence is not taken for one of its own.
const sequenceTime = 1500;
const goTo = { KeyI: 'inbox', KeyC: 'contacts', KeyT: 'templates', KeyO: 'opt-ins', KeyN: 'settings/numbers', KeyS: 'settings', KeyP: 'simulator' };
const parts = new WeakMap();

export function attach(root, owner, options) {
  const command = root.querySelector('[data-command]');
  const sheet = root.querySelector('[data-keys]');
  const ask = command.querySelector('input');
  const list = command.querySelector('[role="listbox"]');
  document.documentElement.dataset.singleKeys = options.singleKeys ? 'on' : 'off';
  let sequenceAt = 0;
  let turn = 0;
  let pause;
  let shown = [];
  let at = 0;

  const pages = () => [...document.querySelectorAll('nav.rail a.rail-item')].map(link => ({
    kind: options.words.go, label: link.textContent.trim(), run: () => link.click(),
  }));
  const acts = () => options.acts.flatMap(({ key, label }) => {
    const button = document.querySelector(`.conversation [data-key="${key}"]`);
    return button ? [{ kind: options.words.act, label, run: () => button.click() }] : [];
  });
  const own = () => [...acts(), ...pages(), { kind: options.words.go, label: options.words.keys, run: () => open(sheet) }];

  function open(dialog) {
    if (!document.querySelector('dialog[open]')) {
      dialog.showModal();
    }
  }

  function openCommand() {
    open(command);
    ask.value = '';
    draw(own());
    ask.focus();
  }

  async function look() {
    const mine = ++turn;
    const words = ask.value.trim();
    const text = words.toLocaleLowerCase();
    const first = own().filter(item => item.label.toLocaleLowerCase().includes(text));
    draw(first);
    clearTimeout(pause);
    if (words.length < 2) {
      return;
    }
    pause = setTimeout(async () => {
      try {
        const found = await owner.invokeMethodAsync('FindAsync', words);
        if (mine === turn) {
          draw([...first, ...found.map(hit => ({ ...hit, run: () => Blazor.navigateTo(hit.href) }))]);
        }
      } catch {
        // The connection is away: pages and actions are still there.
      }
    }, 150);
  }

  function draw(items) {
    shown = items;
    at = 0;
    list.replaceChildren(...items.map((item, index) => {
      const row = document.createElement('div');
      row.id = `command-${index}`;
      row.setAttribute('role', 'option');
      const label = document.createElement('b');
      label.dir = 'auto';
      label.textContent = item.label;
      const detail = document.createElement('span');
      detail.dir = 'auto';
      detail.textContent = item.detail ?? '';
      const kind = document.createElement('small');
      kind.textContent = item.kind;
      row.append(label, detail, kind);
      row.addEventListener('click', () => choose(index));
      return row;
    }));
    if (items.length === 0) {
      const none = document.createElement('div');
      none.setAttribute('role', 'option');
      none.setAttribute('aria-disabled', 'true');
      none.textContent = options.none;
      list.append(none);
    }
    mark();
  }

  function mark() {
    [...list.children].forEach((row, index) => row.setAttribute('aria-selected', index === at && shown.length > 0));
    if (shown.length) {
      ask.setAttribute('aria-activedescendant', `command-${at}`);
      list.children[at].scrollIntoView({ block: 'nearest' });
    } else {
      ask.removeAttribute('aria-activedescendant');
    }
  }

  function choose(index) {
    const item = shown[index];
    command.close();
    item?.run();
  }

  ask.addEventListener('input', look);
  ask.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      at = (at + step + shown.length) % shown.length;
      mark();
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      choose(at);
    }
  });
  for (const dialog of [command, sheet]) {
    dialog.addEventListener('pointerdown', event => {
      if (event.target === dialog || event.target.closest('[data-close]')) {
        dialog.close();
      }
    });
  }
  sheet.querySelector('[data-close]').addEventListener('click', () => sheet.close());

  const keys = event => {
    if (event.isComposing) {
      return;
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === 'KeyK') {
      event.preventDefault();
      event.stopPropagation();
      openCommand();
      return;
    }
    if (!options.singleKeys || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')
      || event.target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]')) {
      return;
    }
    const inSequence = event.timeStamp - sequenceAt < sequenceTime && sequenceAt > 0;
    sequenceAt = 0;
    const place = inSequence && goTo[event.code];
    if (place) {
      take(event);
      // What has no place in the rail is not this person's.
      if (document.querySelector(`nav.rail a[href$="${place.split('/')[0]}"]`)) {
        Blazor.navigateTo(place);
      }
    } else if (event.key === '?') {
      take(event);
      open(sheet);
    } else if (event.code === 'KeyG' && !event.shiftKey) {
      take(event);
      sequenceAt = event.timeStamp;
    }
  };
  const take = event => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', keys, true);
  parts.set(root, () => {
    clearTimeout(pause);
    document.removeEventListener('keydown', keys, true);
  });
}

export const detach = root => parts.get(root)?.();
