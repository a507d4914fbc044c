namespace WaConsole.Core.Consent;

/// <summary>
/// Why somebody wants no marketing, as Contact.OptedOutReason keeps it: the way the stop came, by its name. Rows from before the registry
/// may have words that somebody wrote.
/// </summary>
public static class StopReason
{
    internal static string Keep(ConsentSource source) => source.ToString();

    /// <returns>The way it came; null when it is words, to be shown as they are.</returns>
    public static ConsentSource? SourceOf(string? kept) => kept switch
    {
        // As earlier releases wrote them.
        "WhatsApp 131050" => ConsentSource.WhatsAppRefusal,
        "Stopped marketing messages in WhatsApp." => ConsentSource.WhatsAppPreference,
        _ => Enum.GetValues<ConsentSource>().Where(source => Keep(source) == kept).Select(source => (ConsentSource?)source).FirstOrDefault(),
    };
}
