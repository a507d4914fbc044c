// The writing box, the upload and the scrolling of one chat. Keys stay in the browser until something is sent.
export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
}

export function attach(root, screen, uploadHeader) {
  const stop = new AbortController();
  const { signal } = stop;
  const thread = root.querySelector("[data-thread]");
  const box = root.querySelector("[data-text]");
  const files = root.querySelector("[data-files]");
  const menu = root.querySelector("[data-menu]");

  let atEnd = true;
  thread.addEventListener("scroll", () => {
    atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 100;
  }, { signal, passive: true });
  const follow = () => { if (atEnd) { thread.scrollTop = thread.scrollHeight; } };
  const changes = new MutationObserver(follow);
  changes.observe(thread, { childList: true, subtree: true });
  for (const grown of ["load", "loadedmetadata"]) { thread.addEventListener(grown, follow, { signal, capture: true }); }
  follow();

  const send = async () => {
    const text = box.value.trim();
    if (text.length === 0) { return; }
    box.value = "";
    atEnd = true;
    if (!await screen.invokeMethodAsync("SendText", text) && box.value.length === 0) { box.value = text; }
    box.focus();
  };

  box.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  }, { signal });
  root.querySelector("[data-send]").addEventListener("click", send, { signal });

  menu.addEventListener("click", event => {
    if (event.target.closest("[data-close]")) { menu.open = false; }
  }, { signal });
  menu.addEventListener("keydown", event => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }, { signal });

  files.addEventListener("change", async () => {
    const chosen = [...files.files];
    files.value = "";
    menu.open = false;
    for (const file of chosen) { await upload(file); }
  }, { signal });

  async function upload(file) {
    try {
      const url = new URL("simulator/upload?name=" + encodeURIComponent(file.name), document.baseURI);
      const answer = await fetch(url, {
        method: "POST",
        body: file,
        headers: { "Content-Type": file.type || "application/octet-stream", [uploadHeader]: "1" },
        signal,
      });
      const body = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (answer.ok) {
        atEnd = true;
        await screen.invokeMethodAsync("SendFile", body.id);
      } else {
        await screen.invokeMethodAsync("UploadFailed", body.error ?? null);
      }
    } catch (fault) {
      if (!signal.aborted) { await screen.invokeMethodAsync("UploadFailed", null); }
    }
  }

  return {
    dispose() {
      stop.abort();
      changes.disconnect();
    },
  };
}
