// A thin line instead of a curtain: what was typed stays in the page while the connection comes back.
const banner = document.getElementById("components-reconnect-modal");

banner.addEventListener("components-reconnect-state-changed", event => {
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
banner.querySelector("[data-reconnect]").addEventListener("click", retry);
banner.querySelector("[data-reload]").addEventListener("click", () => location.reload());

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
