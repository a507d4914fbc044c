// A thin line instead of a curtain: what was typed stays in the page while the connection comes back.
const banner = document.getElementById("components-reconnect-modal");

banner?.addEventListener("components-reconnect-state-changed", event => {
  switch (event.detail.state) {
    case "show":
    case "retrying":
    case "failed":
    case "rejected":
    case "hide":
      banner.dataset.state = event.detail.state;
      break;
  }
  if (event.detail.state === "failed") {
    document.addEventListener("visibilitychange", retryWhenVisible);
  }
});
banner?.querySelector("[data-reconnect]").addEventListener("click", retry);
banner?.querySelector("[data-reload]").addEventListener("click", () => location.reload());

async function retry() {
  document.removeEventListener("visibilitychange", retryWhenVisible);
  banner.dataset.state = "show";
  try {
    const isBack = await Blazor.reconnect();
    if (isBack) {
      banner.dataset.state = "hide";
    } else if (await Blazor.resumeCircuit()) {
      banner.dataset.state = "hide";
    } else {
      banner.dataset.state = "rejected";
    }
  } catch {
    banner.dataset.state = "failed";
    document.addEventListener("visibilitychange", retryWhenVisible);
  }
}

function retryWhenVisible() {
  if (document.visibilityState === "visible") {
    retry();
  }
}

export const connected = () => ["", "hide"].includes(banner?.dataset.state ?? "");

// A call that was under way when the connection broke is never answered: once the connection is back, it counts as lost.
export async function answered(call) {
  let lost;
  try {
    return await Promise.race([call, new Promise((_, reject) => {
      lost = event => event.detail?.state === "hide" && reject(new Error("lost"));
      banner?.addEventListener("components-reconnect-state-changed", lost);
    })]);
  } finally {
    banner?.removeEventListener("components-reconnect-state-changed", lost);
  }
}

// Asks again once the connection is back, until there is an answer. What is asked so must bear to be asked twice.
export async function reach(ask) {
  for (;;) {
    try {
      return await answered(ask());
    } catch (fault) {
      if (fault.message !== "lost") {
        if (connected()) {
          throw fault;
        }
        await back();
      }
    }
  }
}

export function back() {
  return new Promise(resolve => {
    const heard = event => {
      if (event.detail?.state === "hide") {
        banner?.removeEventListener("components-reconnect-state-changed", heard);
        resolve();
      }
    };
    banner?.addEventListener("components-reconnect-state-changed", heard);
  });
}
