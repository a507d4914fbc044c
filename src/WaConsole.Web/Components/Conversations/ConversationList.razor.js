import { items, walk } from '../Shared/Menu.razor.js';

const searchPause = 250;
const parts = new WeakMap();

export function attach(root, owner, options) {
  const rows = root.querySelector('[data-rows]');
  const search = root.querySelector('[data-search]');
  let pause;

  // What somebody typed before this module was there stays, and is searched for.
  const early = search.value;
  search.value = early || options.search;

  rows.addEventListener('pointerenter', event => {
    if (event.pointerType === 'mouse') {
      owner.invokeMethodAsync('PointerOver', true);
    }
  });
  rows.addEventListener('pointerleave', event => {
    if (event.pointerType === 'mouse') {
      owner.invokeMethodAsync('PointerOver', false);
    }
  });
  let asked = null;
  const ask = async () => {
    clearTimeout(pause);
    asked = search.value;
    try {
      await owner.invokeMethodAsync('SearchAsync', asked);
    } catch {
      // The connection is away: what is typed stays, and is asked for with the next letter or Enter.
      asked = null;
    }
  };
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(ask, searchPause);
  });
  if (early) {
    search.dispatchEvent(new Event('input'));
  }
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing && search.value !== asked && search.value.trim() !== rows.dataset.shown) {
      ask();
    }
    if (event.key === 'Escape' && search.value) {
      event.stopPropagation();
      search.value = '';
      search.dispatchEvent(new Event('input'));
    }
  });
  // The server says what is picked: it may refuse one too many.
  rows.addEventListener('click', async event => {
    if (event.target.matches('[data-pick]')) {
      const box = event.target;
      const id = Number(box.parentElement.querySelector('a.row').dataset.id);
      box.checked = await owner.invokeMethodAsync('PickAsync', id, event.shiftKey);
    }
  });
  rowMenu(root, rows, owner);
  rows.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    const row = event.target.closest('a.row');
    if (step && row) {
      const all = [...rows.querySelectorAll('a.row')];
      all[all.indexOf(row) + step]?.focus();
      event.preventDefault();
    }
  });

  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        owner.invokeMethodAsync('more' in entry.target.dataset ? 'MoreAsync' : 'EarlierAsync');
      }
    }
  }, { root: rows, rootMargin: '600px' });
  const changed = new MutationObserver(() => {
    stay();
    watch();
  });
  const scrolled = () => remember();
  rows.addEventListener('scroll', scrolled, { passive: true });
  changed.observe(rows, { childList: true });
  watch();
  root.toggleAttribute('data-ready', true);
  parts.set(root, { seen, changed });

  // Observing anew reports again when the mark is still in sight, so that pages go on coming until the screen is full.
  function watch() {
    seen.disconnect();
    for (const mark of rows.querySelectorAll(':scope > [data-more], :scope > [data-earlier]')) {
      seen.observe(mark);
    }
  }

  // Rows come and go above what is looked at: it stays where it is. Not every browser does this by itself, so none is asked to.
  let kept = [];
  function remember() {
    const top = rows.getBoundingClientRect().top;
    kept = [];
    for (const row of rows.querySelectorAll(':scope > .row-slot > a.row')) {
      const at = row.getBoundingClientRect();
      if (at.bottom > top) {
        kept.push([row.dataset.id, at.top - top]);
        if (kept.length === 12) {
          break;
        }
      }
    }
  }

  function stay() {
    if (rows.scrollTop === 0 && !rows.querySelector(':scope > [data-earlier]')) {
      return;
    }
    const top = rows.getBoundingClientRect().top;
    for (const [id, at] of kept) {
      const row = rows.querySelector(`:scope > .row-slot > a.row[data-id="${id}"]`);
      if (row) {
        rows.scrollTop += row.getBoundingClientRect().top - top - at;
        break;
      }
    }
    remember();
  }
}

// Right click, a long press, the menu key or "." on a row: the server draws what can be done to it, and the list opens there.
function rowMenu(root, rows, owner) {
  const menu = root.querySelector('[data-row-menu]');
  let from = null;

  rows.addEventListener('contextmenu', async event => {
    const row = event.target.closest('.row-slot')?.querySelector('a.row');
    if (!row) {
      return;
    }
    event.preventDefault();
    const place = row.getBoundingClientRect();
    const inside = event.clientX > place.left && event.clientX < place.right && event.clientY > place.top && event.clientY < place.bottom;
    const at = inside ? { x: event.clientX, y: event.clientY } : { x: place.left + 48, y: place.top + 40 };
    from = row.dataset.id;
    if (await owner.invokeMethodAsync('MenuAsync', Number(from))) {
      menu.hidePopover();
      menu.showPopover();
      menu.style.left = `${Math.max(8, Math.min(at.x, innerWidth - menu.offsetWidth - 8))}px`;
      menu.style.top = `${Math.max(8, Math.min(at.y, innerHeight - menu.offsetHeight - 8))}px`;
      items(menu)[0]?.focus();
    }
  });

  const close = () => {
    menu.hidePopover();
    (rows.querySelector(`a.row[data-id="${from}"]`) ?? rows).focus({ preventScroll: true });
  };
  menu.addEventListener('click', event => {
    const item = event.target.closest('[role="menuitem"], [role="menuitemradio"]');
    if (item && item.dataset.stays === undefined) {
      close();
    }
  });
  menu.addEventListener('keydown', event => {
    // None is a key of the inbox while the menu has the keys.
    event.stopPropagation();
    const [into, out] = getComputedStyle(menu).direction === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    if (walk(menu, event)) {
      return;
    }
    if (event.code === into && document.activeElement.getAttribute('aria-haspopup')) {
      document.activeElement.click();
    } else if (event.code === out) {
      menu.querySelector('[data-back]')?.click();
    } else if (event.code === 'Escape' || event.code === 'Tab') {
      event.preventDefault();
      close();
    }
  });
  // Another page of it: what had the focus is gone.
  new MutationObserver(() => menu.matches(':popover-open') && items(menu)[0]?.focus()).observe(menu, { attributes: true, attributeFilter: ['data-page'] });
}

// Only when the address changed by itself: while somebody types, the box is theirs.
export function setSearch(root, text) {
  root.querySelector('[data-search]').value = text;
}

export function detach(root) {
  const part = parts.get(root);
  part?.seen.disconnect();
  part?.changed.disconnect();
}
