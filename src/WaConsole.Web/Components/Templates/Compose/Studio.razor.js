import { answered } from '../../Layout/ReconnectModal.razor.js';

// What is typed is gathered here and sent when the keys rest, at once when a field is left or a button pressed, and kept until the server
// has it: also over a lost connection and over a reload of the page.
const restFor = 90;
const againAfter = 1000;
const parts = new WeakMap();

export function attach(root, owner, options) {
  const part = { waiting: new Map(), timer: 0, gone: false, box: `studio:${options.draft}`, abort: new AbortController() };
  parts.set(root, part);
  const { signal } = part.abort;

  const keep = () => {
    try {
      if (part.waiting.size > 0) {
        sessionStorage.setItem(part.box, JSON.stringify([...part.waiting]));
      } else {
        sessionStorage.removeItem(part.box);
      }
    } catch {
      // No room or not allowed: the server's copy has to do.
    }
  };

  const send = async () => {
    clearTimeout(part.timer);
    const going = [...part.waiting];
    if (going.length === 0 || part.gone) {
      return;
    }
    keep();
    try {
      await answered(owner.invokeMethodAsync('Typed', going.map(([path, value]) => ({ path, value }))));
      for (const [path, value] of going) {
        if (part.waiting.get(path) === value) {
          part.waiting.delete(path);
        }
      }
      keep();
    } catch {
      if (!part.gone) {
        part.timer = setTimeout(send, againAfter);
      }
    }
  };

  root.addEventListener('input', event => {
    const path = event.target.dataset?.path;
    if (path) {
      part.waiting.set(path, event.target.value);
      clearTimeout(part.timer);
      part.timer = setTimeout(send, restFor);
    }
  }, { signal });
  root.addEventListener('focusout', send, { signal });
  // Before Blazor hears of it, so that what was typed is there first.
  for (const kind of ['click', 'change', 'keydown']) {
    root.addEventListener(kind, event => {
      if (kind !== 'keydown' || event.key === 'Enter') {
        send();
      }
    }, { signal, capture: true });
  }
  addEventListener('pagehide', keep, { signal });
  part.keep = keep;

  root.addEventListener('click', event => press(root, event), { signal });
  root.addEventListener('keydown', event => shortcut(event), { signal });
  sortable(root, owner, signal);

  let left = [];
  try {
    left = JSON.parse(sessionStorage.getItem(part.box) ?? '[]');
  } catch {
    left = [];
  }
  for (const [path, value] of left) {
    const field = root.querySelector(`[data-path="${CSS.escape(path)}"]`);
    if (field && field.value !== value) {
      field.value = value;
      part.waiting.set(path, value);
    }
  }
  // What the server has by now is not to be put over what others write later.
  keep();
  send();
  // Somebody may have typed before this module was there.
  for (const field of root.querySelectorAll('[data-path]')) {
    if (field.value !== field.defaultValue && !part.waiting.has(field.dataset.path)) {
      part.waiting.set(field.dataset.path, field.value);
      send();
    }
  }
  root.toggleAttribute('data-ready', true);
}

export function detach(root) {
  const part = parts.get(root);
  if (part) {
    part.gone = true;
    clearTimeout(part.timer);
    part.keep();
    part.abort.abort();
  }
}

export function focusOn(root, path) {
  const field = root.querySelector(`[data-path="${CSS.escape(path)}"]`) ?? root.querySelector(`[data-part="${CSS.escape(path)}"]`)
    ?? root.querySelector(`[data-path^="${CSS.escape(path)}"]`);
  field?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  field?.focus({ preventScroll: true });
}

function typed(field) {
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

// *bold*, _italic_, ~struck~, ```fixed```: around what is selected, or off again.
function wrap(field, mark) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const picked = value.slice(from, to);
  const length = mark.length;
  if (value.slice(from - length, from) === mark && value.slice(to, to + length) === mark) {
    field.setRangeText(picked, from - length, to + length, 'select');
  } else {
    field.setRangeText(mark + picked + mark, from, to, 'end');
    field.setSelectionRange(from + length, from + length + picked.length);
  }
  typed(field);
}

function nextNumber(text) {
  const taken = [...text.matchAll(/\{\{\s*(\d+)\s*\}\}/g)].map(match => Number(match[1]));
  return taken.length === 0 ? 1 : Math.max(...taken) + 1;
}

function freeName(text, name) {
  const taken = new Set([...text.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map(match => match[1]));
  let free = name;
  for (let at = 2; taken.has(free); at++) {
    free = `${name}_${at}`;
  }
  return free;
}

function press(root, event) {
  const button = event.target.closest('[data-for]');
  const field = button && root.querySelector(`[data-path="${CSS.escape(button.dataset.for)}"]`);
  if (!field) {
    return;
  }
  if (button.dataset.wrap) {
    wrap(field, button.dataset.wrap);
  } else if (button.dataset.variable !== undefined) {
    const name = button.dataset.variable || nextNumber(field.value);
    const free = button.dataset.variable ? freeName(field.value, name) : name;
    field.setRangeText(`{{${free}}}`, field.selectionStart, field.selectionEnd, 'end');
    button.closest('[popover]')?.hidePopover();
    typed(field);
  } else if (button.dataset.emoji !== undefined) {
    const panel = root.querySelector('[data-emoji-panel]');
    panel.replaceChildren();
    import('../../Conversations/EmojiPicker.razor.js').then(({ fillEmoji }) => {
      fillEmoji(panel, button.dataset, sign => {
        field.setRangeText(sign, field.selectionStart, field.selectionEnd, 'end');
        typed(field);
      });
      panel.showPopover();
      const place = button.getBoundingClientRect();
      panel.style.insetBlockStart = `${Math.min(place.bottom + 4, innerHeight - panel.offsetHeight - 8)}px`;
      panel.style.insetInlineStart = 'auto';
      panel.style.left = `${Math.max(8, Math.min(place.left, innerWidth - panel.offsetWidth - 8))}px`;
      panel.querySelector('input')?.focus();
    });
  }
}

const marks = { KeyB: '*', KeyI: '_' };

function shortcut(event) {
  const mark = marks[event.code];
  if (mark && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.target.dataset?.formats !== undefined) {
    event.preventDefault();
    wrap(event.target, mark);
  }
}

// Rows with a handle: dragged with the pointer, or moved with the arrow keys while the handle has the focus.
function sortable(root, owner, signal) {
  let dragged = null;

  const move = async (list, from, to) => {
    if (from !== to && to >= 0 && to < list.querySelectorAll(':scope > [data-row]').length) {
      try {
        await answered(owner.invokeMethodAsync('Moved', list.dataset.sortable, from, to));
      } catch {
        // The connection broke: the rows are as the server draws them. Not sent again, it may have been moved.
        return;
      }
      requestAnimationFrame(() => list.querySelectorAll('[data-grip]')[to]?.focus());
    }
  };

  root.addEventListener('keydown', event => {
    const grip = event.target.closest?.('[data-grip]');
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (grip && step) {
      event.preventDefault();
      const list = grip.closest('[data-sortable]');
      const at = Number(grip.closest('[data-row]').dataset.row);
      move(list, at, at + step);
    }
  }, { signal });

  root.addEventListener('pointerdown', event => {
    const grip = event.target.closest('[data-grip]');
    if (!grip || event.button !== 0) {
      return;
    }
    const row = grip.closest('[data-row]');
    dragged = { list: row.closest('[data-sortable]'), row, from: Number(row.dataset.row), to: Number(row.dataset.row) };
    row.classList.add('dragged');
    grip.setPointerCapture(event.pointerId);
  }, { signal });

  root.addEventListener('pointermove', event => {
    if (!dragged) {
      return;
    }
    const rows = [...dragged.list.querySelectorAll(':scope > [data-row]')];
    rows.forEach(row => row.classList.remove('drop-before', 'drop-after'));
    const over = rows.findIndex(row => event.clientY < row.getBoundingClientRect().bottom);
    dragged.to = over < 0 ? rows.length - 1 : over;
    if (dragged.to !== dragged.from) {
      rows[dragged.to].classList.add(dragged.to < dragged.from ? 'drop-before' : 'drop-after');
    }
  }, { signal });

  for (const kind of ['pointerup', 'pointercancel']) {
    root.addEventListener(kind, () => {
      if (!dragged) {
        return;
      }
      const { list, row, from, to } = dragged;
      dragged = null;
      row.classList.remove('dragged');
      list.querySelectorAll('[data-row]').forEach(one => one.classList.remove('drop-before', 'drop-after'));
      if (kind === 'pointerup') {
        move(list, from, to);
      }
    }, { signal });
  }
}
