namespace WaConsole.Web.Components.Conversations;

public static class SafeLink
{
    /// <summary>The address a link may point at, or null: only web, mail and phone. Whatever a stranger wrote, script never runs.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var candidate = text.Contains('@') && !text.Contains(':') ? "mailto:" + text : text;
        return Uri.TryCreate(candidate, UriKind.Absolute, out var address)
            && (address.Scheme is "http" or "https" or "mailto" or "tel")
            && (address.Scheme is "mailto" or "tel" || address.Host.Length > 0)
                ? address.AbsoluteUri
                : null;
    }
}
