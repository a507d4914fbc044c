// Shows what carries data-lightbox beside the dialog, in the order it stands there. Only the browser is asked: nothing goes to the server.
const swipeAt = 48;
const parts = new WeakMap();

export function attach(dialog) {
  const host = dialog.parentElement;
  const stage = dialog.querySelector('[data-lightbox-stage]');
  const count = dialog.querySelector('[data-lightbox-count]');
  const words = dialog.querySelector('[data-lightbox-words]');
  const download = dialog.querySelector('[data-lightbox-download]');
  const before = dialog.querySelector('[data-lightbox-before]');
  const after = dialog.querySelector('[data-lightbox-after]');
  let shown = null;
  let touch = null;

  const all = () => [...host.querySelectorAll('[data-lightbox]')];

  function show(item) {
    const items = all();
    const at = items.indexOf(item);
    shown = item;
    const video = item.dataset.lightboxKind === 'video';
    const view = document.createElement(video ? 'video' : 'img');
    view.src = item.dataset.lightbox;
    if (video) {
      view.controls = true;
      view.autoplay = true;
      view.setAttribute('aria-label', stage.dataset.video);
    } else {
      view.alt = item.dataset.lightboxCaption || stage.dataset.picture;
      view.draggable = false;
    }
    empty();
    stage.append(view);
    words.textContent = item.dataset.lightboxCaption ?? '';
    count.textContent = items.length > 1 ? count.dataset.words.replace('{0}', at + 1).replace('{1}', items.length) : '';
    download.href = item.dataset.lightbox;
    download.download = item.dataset.lightboxName ?? '';
    before.disabled = at <= 0;
    after.disabled = at >= items.length - 1;
    if (document.activeElement?.disabled) {
      dialog.focus();
    }
  }

  // A video goes on sounding when it is only taken out of the page.
  function empty() {
    stage.querySelector('video')?.pause();
    stage.replaceChildren();
  }

  // What stands at this place now: the thread may have drawn itself again since it was opened.
  function move(by) {
    const items = all();
    const at = items.findIndex(item => item === shown || item.dataset.lightbox === shown?.dataset.lightbox);
    const next = items[at + by];
    if (at >= 0 && next) {
      show(next);
    }
  }

  const rightToLeft = () => getComputedStyle(dialog).direction === 'rtl';

  const opens = event => {
    const item = event.target.closest('button[data-lightbox]');
    if (item && host.contains(item)) {
      show(item);
      dialog.showModal();
    }
  };
  host.addEventListener('click', opens);
  before.addEventListener('click', () => move(-1));
  after.addEventListener('click', () => move(1));
  dialog.querySelector('[data-lightbox-close]').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => {
    if (event.target === dialog || event.target === stage) {
      dialog.close();
    }
  });
  dialog.addEventListener('close', () => {
    empty();
    shown = null;
  });
  dialog.addEventListener('keydown', event => {
    // Keys of the list and the thread must not act behind the dialog.
    event.stopPropagation();
    if (event.target.tagName === 'VIDEO') {
      return;
    }
    const forward = rightToLeft() ? 'ArrowLeft' : 'ArrowRight';
    const items = all();
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      move(event.key === forward ? 1 : -1);
    } else if ((event.key === 'Home' || event.key === 'End') && items.length > 0) {
      event.preventDefault();
      show(items.at(event.key === 'Home' ? 0 : -1));
    }
  });
  stage.addEventListener('pointerdown', event => {
    touch = event.pointerType === 'mouse' ? null : { x: event.clientX, y: event.clientY };
  });
  stage.addEventListener('pointerup', event => {
    if (touch) {
      const [x, y] = [event.clientX - touch.x, event.clientY - touch.y];
      if (Math.abs(x) > swipeAt && Math.abs(x) > Math.abs(y)) {
        move((x < 0) === rightToLeft() ? -1 : 1);
      } else if (y > swipeAt * 2) {
        dialog.close();
      }
    }
    touch = null;
  });
  stage.addEventListener('pointercancel', () => { touch = null; });
  dialog.toggleAttribute('data-ready', true);
  parts.set(dialog, { stop: () => host.removeEventListener('click', opens) });
}

export function detach(dialog) {
  parts.get(dialog)?.stop();
}
