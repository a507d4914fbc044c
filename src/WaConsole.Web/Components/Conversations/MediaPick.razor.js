import { upload } from './AttachmentTray.razor.js';

const parts = new WeakMap();

export function attach(root, owner, options) {
  const input = root.querySelector('[data-file]');
  input.addEventListener('change', async () => {
    const file = input.files[0];
    input.value = '';
    if (!file) {
      return;
    }
    await owner.invokeMethodAsync('Started');
    const going = upload(file, options.token, share => { root.querySelector('progress').value = share; });
    parts.set(root, going);
    try {
      await owner.invokeMethodAsync('ReadyAsync', await going.done);
    } catch (fault) {
      if (fault.name !== 'AbortError') {
        await owner.invokeMethodAsync('Refused', fault.message || options.failed);
      }
    }
  });
  // A file chosen before this module was there counts too.
  if (input.files.length > 0) {
    input.dispatchEvent(new Event('change'));
  }
}

export function detach(root) {
  parts.get(root)?.cancel();
}
