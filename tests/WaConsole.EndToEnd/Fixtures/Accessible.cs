using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>axe-core's rules of WCAG 2.2 AA on a page as it stands.</summary>
internal static class Accessible
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <param name="page">Drawn. A colour on its way to another is neither: what moves and ends is waited for.</param>
    /// <param name="how">Said with what is found.</param>
    public static async Task CheckAsync(IPage page, string how = "")
    {
        await page.WaitForFunctionAsync(
            "() => !document.getAnimations().some(one => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity)");

        // Legacy: in the page itself. The other way opens a second page for each check, which takes longer than the check.
        var result = await page.RunAxeLegacy(Rules);
        var found = result.Violations.SelectMany(violation =>
            violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}\n    {node.Html}\n    {string.Join(' ', node.Any.Select(check => check.Message))}"));
        Assert.True(result.Violations.Length == 0, $"{how} {page.Url}\n{string.Join('\n', found)}");
    }

    /// <summary>The same page in each of the themes, which it takes from the system at once.</summary>
    public static Task CheckAsync(IPage page, Themes themes) => InThemesAsync(page, themes, theme => CheckAsync(page, theme));

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
