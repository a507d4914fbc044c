import { answered } from '../Layout/ReconnectModal.razor.js';
import { newKey } from './ReplyBox.razor.js';
import { suggest } from './SuggestList.razor.js';

const saveAfter = 800;
const parts = new WeakMap();

export function attach(root, owner, options) {
  const box = root.querySelector('[data-note]');
  const button = root.querySelector('[data-send]');
  const stored = `note-${options.conversation}`;
  let saved = options.text;
  let saving = false;
  let key = null;
  let pause;

  const early = box.value;
  box.value = early || (sessionStorage.getItem(stored) ?? options.text);

  function changed() {
    key = null;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
    sessionStorage.setItem(stored, box.value);
    clearTimeout(pause);
    pause = setTimeout(keep, saveAfter);
  }

  async function keep() {
    clearTimeout(pause);
    const text = box.value;
    if (text === saved || saving) {
      return;
    }
    try {
      await owner.invokeMethodAsync('SaveDraftAsync', text);
      saved = text;
      if (box.value === text) {
        sessionStorage.removeItem(stored);
      }
    } catch {
      // The connection is away: the text stays in the browser and is saved with the next change.
    }
  }

  async function save() {
    const text = box.value;
    if (saving || !text.trim()) {
      return;
    }
    saving = true;
    clearTimeout(pause);
    key ??= newKey();
    try {
      if (await answered(owner.invokeMethodAsync('SaveAsync', text, key))) {
        box.value = box.value.startsWith(text) ? box.value.slice(text.length) : box.value;
        saved = '';
        sessionStorage.removeItem(stored);
        changed();
      }
      key = null;
    } catch {
      // The answer was lost: the same key goes with the next press, so nothing is written twice.
    } finally {
      saving = false;
      box.focus({ preventScroll: true });
    }
  }

  suggest(box, root.querySelector('[data-suggest]'), {
    trigger: '@',
    none: options.none,
    load: () => owner.invokeMethodAsync('PeopleToName'),
    choose: (item, range) => {
      box.setRangeText(`@${item.label} `, range.start, range.end, 'end');
      changed();
    },
  });
  box.addEventListener('input', changed);
  box.addEventListener('blur', keep);
  box.addEventListener('keydown', event => {
    const asked = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229 && !event.shiftKey && !event.altKey && (options.enterSends || asked)) {
      event.preventDefault();
      save();
    }
  });
  button.addEventListener('click', save);
  root.toggleAttribute('data-ready', true);
  parts.set(root, () => {
    keep();
    clearTimeout(pause);
  });
}

export const detach = root => parts.get(root)?.();
