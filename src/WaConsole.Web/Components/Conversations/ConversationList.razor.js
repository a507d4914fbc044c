const searchPause = 250;
const parts = new WeakMap();

export function attach(root, owner, options) {
  const rows = root.querySelector('[data-rows]');
  const search = root.querySelector('[data-search]');
  let pause;

  search.value = options.search;

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
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => owner.invokeMethodAsync('SearchAsync', search.value), searchPause);
  });
  search.addEventListener('keydown', event => {
    if (event.key === 'Escape' && search.value) {
      event.stopPropagation();
      search.value = '';
      search.dispatchEvent(new Event('input'));
    }
  });
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
    if (entries.some(entry => entry.isIntersecting)) {
      owner.invokeMethodAsync('MoreAsync');
    }
  }, { root: rows, rootMargin: '600px' });
  let watched;
  const changed = new MutationObserver(() => watch());
  changed.observe(rows, { childList: true });
  watch();
  parts.set(root, { seen, changed });

  function watch() {
    const more = rows.querySelector('[data-more]');
    seen.disconnect();
    watched = more;
    if (watched) {
      seen.observe(watched);
    }
  }
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
