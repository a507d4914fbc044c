const pauseFor = 250;

export function attach(root, owner, options) {
  const search = root.querySelector('[data-search]');
  let pause;
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => owner.invokeMethodAsync('SearchFor', search.value), pauseFor);
  });

  // Somebody may have typed before this module was here.
  if (search.value) {
    search.dispatchEvent(new Event('input'));
  } else {
    search.value = options.search;
  }
}

export function setSearch(root, text) {
  const search = root.querySelector('[data-search]');
  if (search && search !== document.activeElement) {
    search.value = text;
  }
}

export function detach() {
}
