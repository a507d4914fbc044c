const returns = new WeakMap();

export function attach(dialog, owner) {
  returns.set(dialog, document.activeElement);
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    owner.invokeMethodAsync('ClosedAsync');
  });
  dialog.addEventListener('pointerdown', event => {
    if (event.target === dialog) {
      owner.invokeMethodAsync('ClosedAsync');
    }
  });
  dialog.showModal();
  dialog.querySelector('[autofocus]')?.focus();
}

export function detach(dialog) {
  if (dialog?.open) {
    dialog.close();
  }
  returns.get(dialog)?.focus?.();
}
