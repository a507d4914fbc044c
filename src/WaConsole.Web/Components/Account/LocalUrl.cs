namespace WaConsole.Web.Components.Account;

internal static class LocalUrl
{
    /// <summary>Only a path of our own: an open redirect would lend our sign-in page to somebody else's site.</summary>
    public static string OrStart(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || (url[1] != '/' && url[1] != '\\')) && !url.Any(char.IsControl)
            ? url
            : "/";
}
