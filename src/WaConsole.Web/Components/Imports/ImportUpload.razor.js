import { upload } from '../Conversations/AttachmentTray.razor.js';

const going = new WeakMap();

export function attach(root, owner, options) {
  const input = root.querySelector('[data-file]');
  const drop = root.querySelector('[data-drop]');
  const take = async file => {
    if (!file || going.has(root)) {
      return;
    }
    await owner.invokeMethodAsync('Started');
    const sending = upload(file, options.token, share => { root.querySelector('progress').value = share; }, 'opt-ins/imports/upload');
    going.set(root, sending);
    try {
      await owner.invokeMethodAsync('ReadyAsync', (await sending.done).importId);
    } catch (fault) {
      if (fault.name !== 'AbortError') {
        await owner.invokeMethodAsync('Refused', fault.message || options.failed);
      }
    }
    going.delete(root);
  };
  input.addEventListener('change', () => {
    const file = input.files[0];
    take(file).catch(() => {});
    input.value = '';
  });
  drop.addEventListener('dragover', event => event.preventDefault());
  drop.addEventListener('drop', event => {
    event.preventDefault();
    take(event.dataTransfer.files[0]).catch(() => {});
  });
  // A file chosen before this module was there counts too.
  if (input.files.length > 0) {
    input.dispatchEvent(new Event('change'));
  }
}

export function detach(root) {
  going.get(root)?.cancel();
}
