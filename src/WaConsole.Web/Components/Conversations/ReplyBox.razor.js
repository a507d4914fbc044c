import { upload } from '../Shared/FilePick.razor.js';
import { fillEmoji } from './EmojiPicker.razor.js';
import { suggest } from './SuggestList.razor.js';
import { recorder } from './VoiceRecorder.razor.js';
import { answered, back, connected, reach } from '../Layout/ReconnectModal.razor.js';

const saveAfter = 800;
// Colleagues see it for six seconds; the customer is told every twenty at most, which is the server's to count.
const typingEvery = 4000;
const parts = new WeakMap();

export function attach(root, owner, options) {
  const box = root.querySelector('[data-reply]');
  const counter = root.querySelector('[data-counter]');
  const button = root.querySelector('[data-send]');
  const picker = root.querySelector('[data-files]');
  const emojiButton = root.querySelector('[data-emoji]');
  const emojiPanel = root.querySelector('[data-emoji-panel]');
  const screen = root.closest('.conversation') ?? root;
  const stored = `reply-${options.conversation}`;
  // The wish to send that has no answer yet: made again after a reload it is the same wish, which the server knows.
  const asked = `reply-asked-${options.conversation}`;
  const uploads = new Map();
  // On a phone Enter breaks the line, as in every chat there.
  const touch = matchMedia('(hover: none) and (pointer: coarse)').matches;
  let enterSends = options.enterSends && !touch;
  let sending = false;
  let key = null;
  let saved = options.text;
  let pause;
  let typedAt = 0;

  // What somebody typed before this module was there stays.
  const early = box.value;
  box.value = early || (sessionStorage.getItem(stored) ?? options.text);
  const before = JSON.parse(sessionStorage.getItem(asked) ?? 'null');
  if (before?.text === box.value) {
    key = before.key;
  }
  drawn();
  const inbox = root.closest('.inbox');
  if (!touch && !document.activeElement?.closest('.list') && inbox?.dataset.walked !== String(options.conversation)) {
    box.focus({ preventScroll: true });
  }
  delete inbox?.dataset.walked;

  function drawn() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
    const length = box.value.trim().length;
    counter.textContent = length > options.max - 500 ? `${length} / ${options.max}` : '';
    root.toggleAttribute('data-long', length > options.maxCaption);
    counter.classList.toggle('counter-over', length > options.max);
  }

  // Only texts that hold marks of formatting are drawn by the server while somebody types.
  const marks = /[*_~`]|^\s*(?:>|[-*] |\d+\. )/mu;
  let previewed = '';
  let preview;
  function drawPreview() {
    clearTimeout(preview);
    const text = marks.test(box.value) ? box.value : '';
    if (text !== previewed) {
      preview = setTimeout(() => {
        previewed = text;
        owner.invokeMethodAsync('Preview', text).catch(() => {});
      }, text ? 150 : 0);
    }
  }

  // As in every editor: Ctrl/Cmd+B and I put the selection between WhatsApp's marks.
  function format(mark) {
    const [start, end] = [box.selectionStart, box.selectionEnd];
    box.setRangeText(mark + box.value.slice(start, end) + mark, start, end, 'end');
    if (start === end) {
      box.setSelectionRange(start + 1, start + 1);
    }
    changed();
  }

  function changed() {
    key = null;
    sessionStorage.removeItem(asked);
    drawn();
    drawPreview();
    sessionStorage.setItem(stored, box.value);
    clearTimeout(pause);
    pause = setTimeout(save, saveAfter);
    if (box.value.trim() && Date.now() - typedAt > typingEvery) {
      typedAt = Date.now();
      owner.invokeMethodAsync('TypingAsync').catch(() => {});
    }
  }

  async function save() {
    clearTimeout(pause);
    const text = box.value;
    if (text === saved || sending) {
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

  async function send() {
    const text = box.value;
    if (sending || button.disabled || text.trim().length > options.max) {
      return;
    }
    sending = true;
    clearTimeout(pause);
    key ??= newKey();
    sessionStorage.setItem(asked, JSON.stringify({ text, key }));
    root.toggleAttribute('data-sending', true);
    try {
      const answer = await answered(owner.invokeMethodAsync('SendAsync', text, key));
      key = null;
      sessionStorage.removeItem(asked);
      if (answer.sent) {
        box.value = box.value.startsWith(text) ? box.value.slice(text.length) : box.value;
        saved = '';
        sessionStorage.removeItem(stored);
        drawn();
        drawPreview();
      }
    } catch {
      // The answer was lost: the same key goes with the next press, so nothing is sent twice.
    } finally {
      sending = false;
      save();
      root.toggleAttribute('data-sending', false);
      box.focus({ preventScroll: true });
    }
  }

  const canned = suggest(box, root.querySelector('[data-suggest]'), {
    trigger: '/',
    none: options.canned.none,
    load: () => owner.invokeMethodAsync('CannedAsync'),
    choose: async (item, range) => {
      const filled = await owner.invokeMethodAsync('FillCannedAsync', item.id);
      if (filled) {
        box.setRangeText(filled.text, range.start, range.end, 'end');
        const gap = filled.missing.length ? box.value.indexOf(filled.missing[0], range.start) : -1;
        if (gap >= 0) {
          box.setSelectionRange(gap, gap + filled.missing[0].length);
        }
        changed();
      }
    },
  });
  root.querySelector('[data-canned]').addEventListener('click', () => canned.open());
  box.addEventListener('input', changed);
  box.addEventListener('blur', save);
  box.addEventListener('keydown', event => {
    const mark = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && { KeyB: '*', KeyI: '_' }[event.code];
    if (mark) {
      event.preventDefault();
      format(mark);
      return;
    }
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey) {
      return;
    }
    const asked = event.ctrlKey || event.metaKey;
    if (enterSends || asked) {
      event.preventDefault();
      send();
    }
  });
  button.addEventListener('click', send);

  let coming = 0;
  // Chosen, dropped or spoken, and not stored yet. Nothing of it is let go before the server has it.
  const held = new Map();
  const waits = root.querySelector('[data-waiting]');
  const tell = (method, ...given) => reach(() => owner.invokeMethodAsync(method, ...given));

  function take(files) {
    const room = options.files - root.querySelectorAll('[data-upload]').length - coming;
    const fit = [...files].slice(0, Math.max(0, room));
    fit.forEach(file => start(file).catch(() => {}));
    if (fit.length < files.length) {
      tell('LeftOut', options.files).catch(() => {});
    }
  }

  async function start(file, path) {
    const id = newKey();
    held.set(id, { file, path });
    coming++;
    const away = setInterval(drawWaits, 250);
    try {
      await tell('AddFile', id, file.name, file.size);
    } catch (fault) {
      // There is nobody left to add it to.
      held.delete(id);
      throw fault;
    } finally {
      coming--;
      clearInterval(away);
      drawWaits();
    }
    // Said at once: the server would only say it after the whole way.
    if (file.size > options.maxBytes) {
      held.delete(id);
      await tell('FileRefused', id, options.tooBig, false);
      return false;
    }
    return await bring(id);
  }

  function drawWaits() {
    const on = coming > 0 && !connected();
    if (waits.hidden === on) {
      waits.hidden = !on;
      waits.querySelector('[data-waiting-text]').textContent = on ? options.filesWait : '';
    }
  }

  async function bring(id) {
    const { file, path } = held.get(id);
    for (;;) {
      const going = upload(file, options.token, share => {
        const bar = root.querySelector(`[data-upload="${id}"] progress`);
        if (bar) {
          bar.value = share;
        }
      }, path);
      uploads.set(id, going);
      try {
        const answer = await going.done;
        await tell('FileReadyAsync', id, answer);
        held.delete(id);
        return true;
      } catch (fault) {
        if (fault.name === 'AbortError') {
          held.delete(id);
          return false;
        }
        // The line broke under it: once it is back, the file sets out again by itself.
        if (fault.cut && !connected()) {
          await back();
          if (held.has(id)) {
            continue;
          }
          return false;
        }
        if (!fault.mayRetry) {
          held.delete(id);
        }
        await tell('FileRefused', id, fault.message || options.failed, fault.mayRetry === true);
        return false;
      } finally {
        uploads.delete(id);
      }
    }
  }

  const leaving = event => held.size > 0 && event.preventDefault();
  addEventListener('beforeunload', leaving);

  const voice = recorder(root.querySelector('[data-voice-box]'), {
    take: file => start(file, 'media/voice'), send, back: () => box.focus(),
    told: on => tell('Recording', on).catch(() => {}),
  });
  picker.addEventListener('change', () => {
    take(picker.files);
    picker.value = '';
    box.focus();
  });
  // Files chosen before this module was there count too.
  if (picker.files.length > 0) {
    picker.dispatchEvent(new Event('change'));
  }
  box.addEventListener('paste', event => {
    if (event.clipboardData.files.length > 0) {
      event.preventDefault();
      take(event.clipboardData.files);
    }
  });
  const over = event => {
    if (event.dataTransfer?.types.includes('Files') && root.dataset.open === 'true') {
      event.preventDefault();
      screen.classList.add('dropping');
    }
  };
  const left = event => {
    if (!screen.contains(event.relatedTarget)) {
      screen.classList.remove('dropping');
    }
  };
  const dropped = event => {
    screen.classList.remove('dropping');
    if (event.dataTransfer?.files.length && root.dataset.open === 'true') {
      event.preventDefault();
      take(event.dataTransfer.files);
    }
  };
  screen.addEventListener('dragover', over);
  screen.addEventListener('dragleave', left);
  screen.addEventListener('drop', dropped);

  // The composer goes away: what was said so far waits with the draft, and nobody is listened to behind it.
  const ended = () => voice.keep().then(save).then(() => owner.invokeMethodAsync('WindowEndedAsync'));
  screen.addEventListener('window-ended', ended);

  emojiButton.addEventListener('click', () => {
    fillEmoji(emojiPanel, options.emoji, emoji => {
      box.setRangeText(emoji, box.selectionStart, box.selectionEnd, 'end');
      changed();
    });
    emojiPanel.togglePopover({ source: emojiButton });
    const at = emojiButton.getBoundingClientRect();
    emojiPanel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - emojiPanel.offsetWidth - 8))}px`;
    emojiPanel.style.top = `${Math.max(8, at.top - emojiPanel.offsetHeight - 8)}px`;
    emojiPanel.querySelector('input')?.focus();
  });
  emojiPanel.addEventListener('toggle', event => event.newState === 'closed' && box.focus());

  if (early) {
    changed();
  } else {
    drawPreview();
  }
  root.toggleAttribute('data-ready', true);

  parts.set(root, {
    text: () => box.value,
    putBack(text) {
      box.value = box.value ? `${text}\n${box.value}` : text;
      changed();
      box.focus();
    },
    // Written elsewhere and kept already.
    put(text) {
      box.value = saved = text;
      sessionStorage.removeItem(stored);
      drawn();
      drawPreview();
    },
    focus: () => box.focus(),
    keepVoice: () => voice.keep(),
    cancel(id) {
      held.delete(id);
      uploads.get(id)?.cancel();
    },
    retry: id => held.has(id) && bring(id).catch(() => {}),
    setEnterSends: on => { enterSends = on && !touch; },
    stop() {
      save();
      clearTimeout(pause);
      clearTimeout(preview);
      removeEventListener('beforeunload', leaving);
      held.clear();
      uploads.forEach(going => going.cancel());
      voice.stop();
      screen.removeEventListener('dragover', over);
      screen.removeEventListener('dragleave', left);
      screen.removeEventListener('drop', dropped);
      screen.removeEventListener('window-ended', ended);
    },
  });
}

export const text = root => parts.get(root)?.text() ?? null;
export const putBack = (root, text) => parts.get(root)?.putBack(text);
export const put = (root, text) => parts.get(root)?.put(text);
export const focus = root => parts.get(root)?.focus();
export const keepVoice = root => parts.get(root)?.keepVoice() ?? true;
export const cancel = (root, id) => parts.get(root)?.cancel(id);
export const retry = (root, id) => {
  parts.get(root)?.retry(id);
};
export const setEnterSends = (root, on) => parts.get(root)?.setEnterSends(on);
export const detach = root => parts.get(root)?.stop();

// randomUUID exists on secure pages only; a console on a local network may be reached over http.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
