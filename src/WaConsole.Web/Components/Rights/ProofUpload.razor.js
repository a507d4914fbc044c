import { upload } from '../Conversations/AttachmentTray.razor.js';

const going = new WeakMap();

export function attach(root, owner, options) {
  const input = root.querySelector('[data-proof-file]');
  const take = async file => {
    if (!file) {
      return;
    }
    going.get(root)?.cancel();
    await owner.invokeMethodAsync('Started');
    const sending = upload(file, options.token, share => { root.querySelector('progress').value = share; }, 'opt-ins/proofs');
    going.set(root, sending);
    try {
      const answer = await sending.done;
      await owner.invokeMethodAsync('ReadyAsync', answer.key, answer.fileName);
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
  });
  // A file chosen before this module was there counts too.
  if (input.files.length > 0) {
    input.dispatchEvent(new Event('change'));
  }
}

export function detach(root) {
  going.get(root)?.cancel();
}
