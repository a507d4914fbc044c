// Files go to the server by HTTP, with progress from the browser: never through the circuit.
export function upload(file, token, onProgress, path = 'media/upload') {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', event => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('load', () => {
      const answer = read(request.responseText);
      if (request.status >= 200 && request.status < 300 && answer) {
        resolve(answer);
      } else {
        reject(Object.assign(new Error(answer?.detail ?? ''), { mayRetry: request.status >= 500 }));
      }
    });
    request.addEventListener('error', () => reject(Object.assign(new Error(''), { mayRetry: true, cut: true })));
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  });
  const form = new FormData();
  form.append('file', file, file.name);
  request.open('POST', path);
  request.setRequestHeader('RequestVerificationToken', token ?? '');
  request.send(form);
  return { done, cancel: () => request.abort() };
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const parts = new WeakMap();

// One file at a time, chosen in [data-file] or dropped on [data-drop]. The owner hears Started, then Ready with the answer (and, at a path of
// its own, the file's name) or Refused. Of two that come quickly the later counts, and the earlier is heard of no more.
export function attach(root, owner, options) {
  const input = root.querySelector('[data-file]');
  const drop = root.querySelector('[data-drop]');
  const part = { going: null, latest: 0, abort: new AbortController() };
  parts.set(root, part);
  const { signal } = part.abort;

  const take = async file => {
    if (!file) {
      return;
    }
    const turn = ++part.latest;
    part.going?.cancel();
    await owner.invokeMethodAsync('Started');
    if (turn !== part.latest || signal.aborted) {
      return;
    }
    part.going = upload(file, options.token, share => { root.querySelector('progress').value = share; }, options.path);
    try {
      const answer = await part.going.done;
      if (turn === part.latest) {
        await owner.invokeMethodAsync('Ready', ...(options.path ? [answer, file.name] : [answer]));
      }
    } catch (fault) {
      if (turn === part.latest && fault.name !== 'AbortError') {
        await owner.invokeMethodAsync('Refused', fault.message || options.failed);
      }
    }
  };

  input.addEventListener('change', () => {
    const file = input.files[0];
    input.value = '';
    take(file).catch(() => {});
  }, { signal });
  for (const kind of drop ? ['dragenter', 'dragover'] : []) {
    drop.addEventListener(kind, event => {
      event.preventDefault();
      drop.classList.add('over');
    }, { signal });
  }
  drop?.addEventListener('dragleave', event => {
    if (!drop.contains(event.relatedTarget)) {
      drop.classList.remove('over');
    }
  }, { signal });
  drop?.addEventListener('drop', event => {
    event.preventDefault();
    drop.classList.remove('over');
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
