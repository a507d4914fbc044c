const gap = 6;

export function attach(root) {
  const button = root.querySelector('button');
  const list = root.querySelector('[popover]');

  const turned = isOpen => {
    button.setAttribute('aria-expanded', isOpen);
    if (isOpen) {
      place(button, list);
      items(list)[0]?.focus();
    }
  };
  list.addEventListener('toggle', event => turned(event.newState === 'open'));
  list.addEventListener('click', event => {
    if (event.target.closest('[role="menuitem"], [role="menuitemradio"]')) {
      list.hidePopover();
      button.focus();
    }
  });
  list.addEventListener('keydown', event => walk(list, event));
  // The browser opens it also before this module is there.
  if (list.matches(':popover-open')) {
    turned(true);
  }
}

export function detach() {
}

export const items = list => [...list.querySelectorAll('[role^="menuitem"]:not(:disabled)')];

// The arrows go from one entry to the next and around, Home and End to the first and the last.
export function walk(list, event) {
  const all = items(list);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.code];
  if (to === undefined || all.length === 0) {
    return false;
  }
  event.preventDefault();
  event.stopPropagation();
  all[to % all.length].focus();
  return true;
}

function place(button, list) {
  const at = button.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const below = at.bottom + gap + size.height <= innerHeight || at.top < size.height + gap;
  const rightToLeft = getComputedStyle(button).direction === 'rtl';
  // By its button's far edge, or by the near one where it would lie over the column beside.
  const column = button.closest('.list, .thread, .panel')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
  const [byStart, byEnd] = [at.left, at.right - size.width];
  const left = rightToLeft
    ? (byStart + size.width > column.right ? byEnd : byStart)
    : (byEnd < column.left ? byStart : byEnd);
  list.style.top = `${below ? at.bottom + gap : at.top - gap - size.height}px`;
  list.style.left = `${Math.max(gap, Math.min(left, innerWidth - size.width - gap))}px`;
}
