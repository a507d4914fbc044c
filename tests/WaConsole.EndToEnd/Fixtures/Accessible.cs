using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>axe-core's rules of WCAG 2.2 AA on a page as it stands.</summary>
internal static class Accessible
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>In the page itself and once for all checks of it: the runner of the package opens a second page for each, which takes longer than the check.</summary>
    private const string Check =
        """
        async (part, rules) => {
          const { violations } = await axe.run(part, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] });
          return violations.flatMap(one => one.nodes.map(node =>
            `${one.id}: ${one.help}\n    ${node.html}\n    ${[...node.any, ...node.all, ...node.none].map(check => check.message).join(' ')}`));
        }
        """;

    /// <param name="page">Drawn. A colour on its way to another is neither: what moves and ends is waited for.</param>
    /// <param name="how">Said with what is found.</param>
    public static Task CheckAsync(IPage page, string how = "") => CheckAsync(page.Locator(":root"), how);

    /// <summary>One part of a page of which the rest was checked as it stands.</summary>
    public static async Task CheckAsync(ILocator part, string how = "")
    {
        var page = part.Page;
        await page.WaitForFunctionAsync(
            "() => !document.getAnimations().some(one => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity)");
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Axe);
        }

        var found = await part.EvaluateAsync<string[]>(Check, Rules);
        Assert.True(found.Length == 0, $"{how} {page.Url}\n{string.Join('\n', found)}");
    }

    /// <summary>The same page in each of the themes, which it takes from the system at once.</summary>
    public static Task CheckAsync(IPage page, Themes themes) => CheckAsync(page.Locator(":root"), themes);

    public static Task CheckAsync(ILocator part, Themes themes) => InThemesAsync(part.Page, themes, theme => CheckAsync(part, theme));

    public static async Task InThemesAsync(IPage page, Themes themes, Func<string, Task> look)
    {
        foreach (var theme in Enum.GetValues<Themes>().Where(theme => theme != Themes.Both && themes.HasFlag(theme)))
        {
            var name = theme == Themes.Dark ? "dark" : "light";
            await page.EmulateMediaAsync(new() { ColorScheme = theme == Themes.Dark ? ColorScheme.Dark : ColorScheme.Light });
            await Assertions.Expect(page.Locator($"html[data-theme={name}]")).ToBeAttachedAsync();
            await look(name);
        }
    }
}

[Flags]
public enum Themes
{
    Light = 1,
    Dark = 2,
    Both = Light | Dark,
}
