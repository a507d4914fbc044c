export function attach(root) {
  const tabs = [...root.querySelectorAll('[data-tab]')];
  const panelOf = tab => root.querySelector(`[data-panel="${tab.dataset.tab}"]`);

  function show(tab) {
    for (const each of tabs) {
      each.setAttribute('aria-selected', each === tab);
      each.tabIndex = each === tab ? 0 : -1;
      panelOf(each).hidden = each !== tab;
    }
  }

  root.addEventListener('click', event => {
    const tab = event.target.closest('[data-tab]');
    if (tab) {
      show(tab);
      panelOf(tab).querySelector('textarea')?.focus();
    }
  });
  root.addEventListener('keydown', event => {
    const at = tabs.indexOf(event.target);
    if (at >= 0 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const other = tabs[(at + 1) % tabs.length];
      event.preventDefault();
      show(other);
      other.focus();
    }
  });
  root.toggleAttribute('data-ready', true);
}

export function detach() {
}
