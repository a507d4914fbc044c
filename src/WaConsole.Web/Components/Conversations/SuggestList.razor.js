// A list under the caret's word: what is offered comes from the server once per opening and is narrowed down in the browser.
const most = 8;

/**
 * options: trigger (one character), load() → [{ id, label, detail }], choose(item, range), none (text when nothing fits).
 * Attach it before other key handlers of the box: while the list is open, Enter, Tab, arrows and Escape are its own.
 */
export function suggest(box, list, options) {
  const pattern = new RegExp(`(^|\\s)[${options.trigger}]([^\\s${options.trigger}]{0,40})$`, 'u');
  let items = null;
  let loading = false;
  let shown = [];
  let at = 0;
  let closedFor = null;
  let opened = null;

  const word = () => {
    if (box.selectionStart !== box.selectionEnd) {
      return null;
    }
    const found = pattern.exec(box.value.slice(0, box.selectionStart));
    return found && { text: found[2], start: box.selectionStart - found[2].length - 1, end: box.selectionStart };
  };

  function close() {
    list.hidden = true;
    shown = [];
    items = null;
    box.removeAttribute('aria-activedescendant');
    box.removeAttribute('aria-controls');
  }

  // The sign a press of the button put there goes again when nothing was looked for: it would be sent.
  function takeBack() {
    const put = opened;
    opened = null;
    if (put && word()?.text === '' && box.value.startsWith(put.text, put.start)) {
      box.setRangeText('', put.start, put.start + put.text.length, 'end');
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  async function look() {
    const asked = word();
    if (!asked || closedFor === asked.start) {
      if (!asked) {
        closedFor = null;
      }
      close();
      return;
    }
    if (!items) {
      if (loading) {
        return;
      }
      loading = true;
      try {
        items = await options.load();
      } catch {
        return;
      } finally {
        loading = false;
      }
      return look();
    }
    draw(asked.text.toLocaleLowerCase());
  }

  function draw(text) {
    const starts = item => item.label.toLocaleLowerCase().startsWith(text);
    const holds = item => (item.label + ' ' + (item.detail ?? '')).toLocaleLowerCase().includes(text);
    shown = [...items.filter(starts), ...items.filter(item => !starts(item) && holds(item))].slice(0, most);
    at = Math.min(at, Math.max(0, shown.length - 1));
    list.replaceChildren(...(shown.length ? shown.map(line) : [nothing()]));
    list.hidden = false;
    box.setAttribute('aria-controls', list.id);
    mark();
  }

  function line(item, index) {
    const row = document.createElement('div');
    row.id = `${list.id}-${index}`;
    row.setAttribute('role', 'option');
    const label = document.createElement('b');
    label.textContent = options.trigger + item.label;
    row.append(label);
    if (item.detail) {
      const detail = document.createElement('span');
      detail.dir = 'auto';
      detail.textContent = item.detail;
      row.append(detail);
    }
    row.addEventListener('pointerdown', event => {
      event.preventDefault();
      choose(index);
    });
    return row;
  }

  function nothing() {
    const row = document.createElement('p');
    row.textContent = options.none;
    row.setAttribute('role', 'option');
    row.setAttribute('aria-disabled', 'true');
    return row;
  }

  function mark() {
    [...list.children].forEach((row, index) => row.setAttribute('aria-selected', index === at && shown.length > 0));
    if (shown.length) {
      box.setAttribute('aria-activedescendant', `${list.id}-${at}`);
      list.children[at].scrollIntoView({ block: 'nearest' });
    }
  }

  function choose(index) {
    const asked = word();
    const item = shown[index];
    opened = null;
    close();
    if (asked && item) {
      options.choose(item, asked);
    }
  }

  const keys = event => {
    if (list.hidden || event.isComposing) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      at = (at + step + shown.length) % shown.length;
      mark();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && shown.length) {
      choose(at);
    } else if (event.key === 'Escape') {
      closedFor = word()?.start ?? null;
      close();
      takeBack();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  box.addEventListener('keydown', keys);
  box.addEventListener('input', () => { at = 0; look(); });
  box.addEventListener('click', look);
  box.addEventListener('blur', () => {
    close();
    takeBack();
  });

  return {
    open() {
      const before = box.value.slice(0, box.selectionStart);
      opened = { start: box.selectionStart, text: (/(^|\s)$/u.test(before) ? '' : ' ') + options.trigger };
      box.setRangeText(opened.text, box.selectionStart, box.selectionEnd, 'end');
      closedFor = null;
      box.focus();
      box.dispatchEvent(new Event('input', { bubbles: true }));
    },
  };
}
