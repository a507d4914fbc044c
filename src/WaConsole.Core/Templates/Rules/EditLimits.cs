namespace WaConsole.Core.Templates.Rules;

/// <summary>Pure: changes of an approved template that are left, from when it was changed.</summary>
internal static class EditLimits
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public static DateTime Since(DateTime nowUtc) => nowUtc - Month;

    /// <param name="editedAtUtc">Changes made while it was approved.</param>
    public static EditsLeft Left(IEnumerable<DateTime> editedAtUtc, DateTime nowUtc)
    {
        var (daily, monthly) = ((int)RuleBook.Of("EDITED_TODAY").Most, (int)RuleBook.Of("EDITED_OFTEN").Most);
        var recent = editedAtUtc.Where(at => at > Since(nowUtc)).Order().ToList();
        var today = recent.Where(at => at > nowUtc - Day).ToList();
        DateTime? free = recent.Count >= monthly ? recent[^monthly] + Month : null;
        if (today.Count >= daily && today[^daily] + Day is var tomorrow && (free is null || tomorrow > free))
        {
            free = tomorrow;
        }

        return new EditsLeft(Math.Max(0, daily - today.Count), Math.Max(0, monthly - recent.Count), free);
    }
}
