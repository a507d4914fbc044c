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
        reject(new Error(answer?.detail ?? ''));
      }
    });
    request.addEventListener('error', () => reject(new Error('')));
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
