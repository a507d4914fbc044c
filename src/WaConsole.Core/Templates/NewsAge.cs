using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates;

/// <summary>
/// Webhooks come late and in any order (Meta, Webhooks, 2026), so what a template is follows WhatsApp's own time of the news and not
/// ours. Their times are whole seconds: within one the order is not known.
/// </summary>
internal static class NewsAge
{
    /// <summary>Pure: whether the template knows something newer.</summary>
    /// <param name="template">As it is.</param>
    /// <param name="last">When WhatsApp last told this of it.</param>
    /// <param name="toldAt">Of the news; null where it does not say, and it is taken as it comes.</param>
    public static bool IsOld(Template template, DateTime? last, DateTime? toldAt) =>
        toldAt is { } time && last is { } known && (time < known || (time == known && template.Status == TemplateStates.Deleted));

    /// <summary>Pure: whether only the list can tell which of two came last.</summary>
    public static bool IsUnordered(DateTime? last, DateTime? toldAt) => toldAt is not null && toldAt == last;

    public static DateTime? Later(DateTime? last, DateTime? toldAt) => last is null || toldAt > last ? toldAt : last;

    /// <summary>All of it was read at WhatsApp: news from before are older.</summary>
    public static void ReadAt(Template template, DateTime askedAtUtc)
    {
        var second = Second(askedAtUtc);
        template.StatusToldAtUtc = Later(template.StatusToldAtUtc, second);
        template.QualityToldAtUtc = Later(template.QualityToldAtUtc, second);
        template.CategoryToldAtUtc = Later(template.CategoryToldAtUtc, second);
    }

    /// <summary>As a webhook would write a moment of our clock.</summary>
    public static DateTime Second(DateTime atUtc) => new(atUtc.Ticks - (atUtc.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
