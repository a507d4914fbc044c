// Scrolling that never jumps: at the end it stays at the end, elsewhere the line being read stays where it is.
const nearEnd = 100;
const nearTop = 400;
const parts = new WeakMap();

export function attach(root, owner, options) {
  const host = root.parentElement;
  const latest = host.querySelector('[data-latest]');
  let sticky = true;
  let opened = false;
  let anchor = null;
  let loading = false;
  let missed = 0;

  const lines = () => root.querySelectorAll('[data-line]');
  const distance = () => root.scrollHeight - root.scrollTop - root.clientHeight;

  function remember() {
    sticky = distance() < nearEnd && !root.querySelector('[data-newer]');
    if (sticky) {
      missed = 0;
    }
    latest.classList.toggle('to-latest-on', !sticky);
    latest.dataset.missed = missed > 0 ? missed : '';
    const top = root.getBoundingClientRect().top;
    anchor = null;
    for (const line of lines()) {
      const at = line.getBoundingClientRect();
      if (at.bottom > top) {
        anchor = { line, offset: at.top - top };
        break;
      }
    }
  }

  function settle() {
    if (!opened) {
      open();
    } else if (sticky) {
      root.scrollTop = root.scrollHeight;
    } else if (anchor?.line.isConnected) {
      root.scrollTop += anchor.line.getBoundingClientRect().top - root.getBoundingClientRect().top - anchor.offset;
    }
    remember();
    look();
    older();
    newer();
  }

  function open() {
    if (lines().length === 0 && !root.querySelector('.activity')) {
      return;
    }
    opened = true;
    if (options.at) {
      reach(options.at);
      return;
    }
    const unread = root.querySelector('[data-unread]');
    root.scrollTop = root.scrollHeight;
    if (unread && unread.getBoundingClientRect().top < root.getBoundingClientRect().top) {
      root.scrollTop += unread.getBoundingClientRect().top - root.getBoundingClientRect().top - 12;
    }
  }

  async function older() {
    if (loading || !opened || root.scrollTop > nearTop || !root.querySelector('[data-older]')) {
      return;
    }
    loading = true;
    try {
      await owner.invokeMethodAsync('OlderAsync');
    } finally {
      loading = false;
    }
  }

  async function newer() {
    if (loading || !opened || distance() > nearTop || !root.querySelector('[data-newer]')) {
      return;
    }
    loading = true;
    try {
      await owner.invokeMethodAsync('NewerAsync');
    } finally {
      loading = false;
    }
  }

  const own = '[data-line="-1"]';
  const changed = new MutationObserver(records => {
    // What somebody sends takes them to the end, and what stands above it counts as seen.
    sticky ||= records.some(record => [...record.addedNodes].some(node => node.matches?.(own) || node.querySelector?.(own)));
    if (!sticky) {
      const last = [...lines()].at(-1);
      missed += records.some(record => [...record.addedNodes].some(node => node.contains(last) && last.closest('.line-in'))) ? 1 : 0;
    }
    settle();
  });
  changed.observe(root, { childList: true, subtree: true });
  const sized = new ResizeObserver(settle);
  sized.observe(root);
  root.addEventListener('load', settle, true);
  root.addEventListener('loadedmetadata', settle, true);
  root.addEventListener('scroll', () => {
    remember();
    look();
    older();
    newer();
  }, { passive: true });

  root.addEventListener('click', async event => {
    const jump = event.target.closest('[data-jump]');
    const copy = event.target.closest('[data-copy]');
    if (jump) {
      await reach(jump.dataset.jump);
    } else if (copy) {
      await copyText(copy.closest('[data-line]'), copy);
    }
  });

  async function reach(id) {
    if (!root.querySelector(`[data-line="${id}"]`)) {
      await owner.invokeMethodAsync('ReachAsync', Number(id));
      await new Promise(requestAnimationFrame);
    }
    const line = root.querySelector(`[data-line="${id}"]`);
    if (line) {
      sticky = false;
      line.scrollIntoView({ block: 'center' });
      line.classList.remove('line-found');
      void line.offsetWidth;
      line.classList.add('line-found');
    }
  }

  // Seen is what stands in a window that somebody works in, down to the newest line: not what lies open behind another one. Told is which
  // line that is: a message that crosses the news of a window left is not taken for seen.
  let told;
  function look() {
    const looked = opened && document.visibilityState === 'visible' && document.hasFocus()
      && distance() < nearEnd && !root.querySelector('[data-newer]');
    const seen = looked ? Number(root.dataset.newest) : 0;
    if (seen !== told) {
      told = seen;
      owner.invokeMethodAsync('SeenAsync', seen).catch(() => { told = undefined; });
    }
  }

  const again = event => {
    if (event.detail?.state === 'hide') {
      told = undefined;
      look();
    }
  };
  const modal = document.getElementById('components-reconnect-modal');
  modal?.addEventListener('components-reconnect-state-changed', again);
  document.addEventListener('visibilitychange', look);
  addEventListener('focus', look);
  addEventListener('blur', look);
  settle();

  parts.set(root, {
    reach,
    toEnd() {
      sticky = true;
      root.scrollTop = root.scrollHeight;
      remember();
    },
    stop() {
      changed.disconnect();
      sized.disconnect();
      modal?.removeEventListener('components-reconnect-state-changed', again);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('focus', look);
      removeEventListener('blur', look);
    },
  });
}

export function reach(root, id) {
  parts.get(root)?.reach(id);
}

export function toEnd(root) {
  parts.get(root)?.toEnd();
}

export function detach(root) {
  parts.get(root)?.stop();
}

async function copyText(line, button) {
  await navigator.clipboard?.writeText(line.querySelector('.text')?.innerText ?? '');
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
}
