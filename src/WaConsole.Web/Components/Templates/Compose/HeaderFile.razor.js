import { upload } from '../../Conversations/AttachmentTray.razor.js';

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
    part.going = upload(file, options.token, share => { root.querySelector('progress').value = share; });
    try {
      await owner.invokeMethodAsync('ReadyAsync', await part.going.done);
    } catch (fault) {
      if (fault.name !== 'AbortError') {
        await owner.invokeMethodAsync('Refused', fault.message || options.failed);
      }
    }
  };

  input.addEventListener('change', () => {
    const file = input.files[0];
    input.value = '';
    take(file);
  }, { signal });
  for (const kind of ['dragenter', 'dragover']) {
    drop.addEventListener(kind, event => {
      event.preventDefault();
      drop.classList.add('over');
    }, { signal });
  }
  drop.addEventListener('dragleave', event => {
    if (!drop.contains(event.relatedTarget)) {
      drop.classList.remove('over');
    }
  }, { signal });
  drop.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
    take(event.dataTransfer.files[0]);
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
