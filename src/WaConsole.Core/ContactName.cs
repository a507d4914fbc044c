namespace WaConsole.Core;

/// <summary>Pure, for every area: what a person is called on screen. Our own name for them wins; with no name, what identifies them.</summary>
internal static class ContactName
{
    public static string Of(string? given, string? profile, string? username, string? phone, string? userId) =>
        Filled(given) ?? Filled(profile) ?? Filled(username, "@") ?? Filled(phone, "+") ?? Filled(userId) ?? "";

    private static string? Filled(string? value, string prefix = "") =>
        string.IsNullOrWhiteSpace(value) ? null : prefix + value.Trim();
}
