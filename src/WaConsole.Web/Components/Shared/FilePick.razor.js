import { upload } from '../Conversations/AttachmentTray.razor.js';

const parts = new WeakMap();

export function attach(root, owner, options) {
  const input = root.querySelector('[data-file]');
  const drop = root.querySelector('[data-drop]');
  const part = { going: null, abort: new AbortController() };
  parts.set(root, part);
  const { signal } = part.abort;

  const take = async file => {
    if (!file) {
      return;
    }
    await owner.invokeMethodAsync('Started');
    part.going?.cancel();
    part.going = upload(file, options.token, share => { root.querySelector('progress').value = share; }, options.path);
    try {
      await owner.invokeMethodAsync('Ready', await part.going.done, file.name);
    } catch (fault) {
      if (fault.name !== 'AbortError') {
        await owner.invokeMethodAsync('Refused', fault.message || options.failed);
      }
    }
  };

  input.addEventListener('change', () => {
    const file = input.files[0];
    take(file).catch(() => {});
    input.value = '';
  }, { signal });
  drop.addEventListener('dragover', event => event.preventDefault(), { signal });
  drop.addEventListener('drop', event => {
    event.preventDefault();
    take(event.dataTransfer.files[0]).catch(() => {});
  }, { signal });
  // A file chosen before this module was there counts too.
  if (input.files.length > 0) {
    input.dispatchEvent(new Event('change'));
  }
}

export function detach(root) {
  const part = parts.get(root);
  part?.going?.cancel();
  part?.abort.abort();
}
