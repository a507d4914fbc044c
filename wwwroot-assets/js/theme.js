// Runs before the first paint, as a file of its own so that no inline script is needed.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("waconsole.theme") ?? "system";
    } catch {
      return "system";
    }
  };
  const apply = () => {
    const choice = stored();
    const isDark = choice === "dark" || (choice === "system" && dark.matches);
    root.dataset.theme = isDark ? "dark" : "light";
    root.dispatchEvent(new CustomEvent("waconsole-theme", { detail: { choice, isDark } }));
  };
  apply();

  // Blazor's enhanced navigation makes the page equal to what the server sent, which knows no theme.
  new MutationObserver(() => root.dataset.theme || apply()).observe(root, { attributeFilter: ["data-theme"] });
  dark.addEventListener("change", apply);
  addEventListener("storage", event => event.key === "waconsole.theme" && apply());
  window.waconsoleTheme = {
    read: () => ({ choice: stored(), isDark: root.dataset.theme === "dark" }),
    choose: choice => {
      try {
        localStorage.setItem("waconsole.theme", choice);
      } catch {
        // Storage is off: the choice lasts for this page.
      }
      apply();
    },
  };
})();
