namespace WaConsole.Core.Team;

/// <summary>The languages the console speaks. English is the one the others are translated from, and what is left when none fits.</summary>
public static class ConsoleLanguages
{
    public const string English = "en";

    public static IReadOnlyList<string> All { get; } = [English, "es", "pt-BR", "hi", "ar", "id"];

    /// <returns>The language as <see cref="All"/> writes it; null when the console does not speak it.</returns>
    public static string? Find(string? name) => All.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
}
