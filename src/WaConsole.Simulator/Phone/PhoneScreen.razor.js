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

  let atEnd = true;
  thread.addEventListener("scroll", () => {
    atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 100;
  }, { signal, passive: true });
  const follow = () => { if (atEnd) { thread.scrollTop = thread.scrollHeight; } };
  const changes = new MutationObserver(follow);
  changes.observe(thread, { childList: true, subtree: true });
  for (const grown of ["load", "loadedmetadata"]) { thread.addEventListener(grown, follow, { signal, capture: true }); }
  follow();

  thread.addEventListener("play", event => {
    const line = event.target.closest("[data-line]");
    if (line && event.target.tagName === "AUDIO") { screen.invokeMethodAsync("Played", line.dataset.line); }
  }, { signal, capture: true });

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

  // Menus: a choice, Escape or a click elsewhere closes them.
  const closeAll = except => {
    for (const open of root.querySelectorAll("[data-pop][open]")) {
      if (open !== except) { open.open = false; }
    }
  };
  document.addEventListener("click", event => {
    closeAll(event.target.closest("[data-close]") ? null : event.target.closest("[data-pop]"));
  }, { signal });
  root.addEventListener("keydown", event => {
    if (event.key !== "Escape") { return; }
    const pop = root.querySelector("[data-pop][open]");
    const sheet = root.querySelector("[data-close-sheet]");
    if (pop) {
      pop.open = false;
      pop.querySelector("summary").focus();
    } else if (sheet) {
      sheet.click();
    }
  }, { signal });

  root.addEventListener("click", async event => {
    const button = event.target.closest("[data-copy]");
    if (!button) { return; }
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      const words = button.querySelector("[data-words]");
      const before = words.textContent;
      words.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; }, 1500);
    } catch {
      // The browser keeps its clipboard to itself; the code can be read in the button's hint.
    }
  }, { signal });

  // A sheet takes the keyboard when it comes, and gives it back where it was.
  let before = null;
  root.addEventListener("focusin", event => {
    if (!event.target.closest("[data-sheet]")) { before = event.target; }
  }, { signal });
  let shown = null;
  const sheets = new MutationObserver(() => {
    const sheet = root.querySelector("[data-sheet]");
    if (sheet === shown) { return; }
    shown = sheet;
    if (sheet) {
      (sheet.querySelector("[data-first]") ?? sheet.querySelector("h3")).focus();
    } else if (before?.isConnected && !before.closest("details:not([open])")) {
      before.focus();
    } else {
      box.focus();
    }
  });
  sheets.observe(root, { childList: true, subtree: true });

  files.addEventListener("change", async () => {
    const chosen = [...files.files];
    files.value = "";
    closeAll(null);
    let caption = box.value.trim();
    box.value = "";
    for (const file of chosen) {
      await upload(file, caption);
      caption = "";
    }
  }, { signal });
  // Files chosen before this module was there count too.
  if (files.files.length > 0) {
    files.dispatchEvent(new Event("change"));
  }
  root.toggleAttribute("data-ready", true);

  async function upload(file, caption) {
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
        await screen.invokeMethodAsync("SendFile", body.id, caption);
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
      sheets.disconnect();
    },
  };
}
