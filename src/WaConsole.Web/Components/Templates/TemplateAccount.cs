using WaConsole.Core.Numbers;

namespace WaConsole.Web.Components.Templates;

/// <summary>An account a person may see, and a number through which it is asked.</summary>
public sealed record TemplateAccount(long Id, string Name, long NumberId)
{
    public static IReadOnlyList<TemplateAccount> Of(IReadOnlyList<NumberView> numbers) =>
        [.. numbers.GroupBy(number => number.BusinessAccountId).Select(same => new TemplateAccount(same.Key, same.First().AccountName, same.First().Id))];
}
