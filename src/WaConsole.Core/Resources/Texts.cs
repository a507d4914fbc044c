using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace WaConsole.Core.Resources;

/// <summary>Sentences for people, one resource file per area. The reader's language decides, English is the fallback.</summary>
internal sealed class Texts(string area)
{
    public static Texts Sending { get; } = new("Sending");

    public static Texts Interactive { get; } = new("Interactive");

    public static Texts Hours { get; } = new("Hours");

    public static Texts Policy { get; } = new("Policy");

    public static Texts Templates { get; } = new("Templates");

    public static Texts TemplateRules { get; } = new("TemplateRules");

    public static Texts TemplateStudio { get; } = new("TemplateStudio");

    public static Texts TemplateExamples { get; } = new("TemplateExamples");

    public static Texts TemplateInsight { get; } = new("TemplateInsight");

    public static Texts Numbers { get; } = new("Numbers");

    public static Texts CannedReplies { get; } = new("CannedReplies");

    public static Texts Labels { get; } = new("Labels");

    public static Texts Contacts { get; } = new("Contacts");

    public static Texts OptIns { get; } = new("OptIns");

    public static Texts Imports { get; } = new("Imports");

    public static Texts Rights { get; } = new("Rights");

    public static Texts Capture { get; } = new("Capture");

    public static Texts Storage { get; } = new("Storage");

    public static Texts Team { get; } = new("Team");

    public static Texts Conversations { get; } = new("Conversations");

    public static Texts Library { get; } = new("Library");

    public static Texts Media { get; } = new("Media");

    /// <summary>Areas whose sentences are kept in the database.</summary>
    private static readonly FrozenDictionary<string, Texts> Kept =
        new[] { Sending, Templates, TemplateStudio, Media, Imports, Conversations }.ToFrozenDictionary(texts => texts.Area);

    private readonly ResourceManager _resources = new($"WaConsole.Core.Resources.{area}", typeof(Texts).Assembly);

    private string Area => area;

    public static Texts? Find(string area) => Kept.GetValueOrDefault(area);

    public string Of(string name, params ReadOnlySpan<object?> values) =>
        OrNull(name, values) ?? throw new MissingManifestResourceException($"No text {area}.{name}.");

    /// <summary>For a column: see <see cref="KeptText"/>.</summary>
    public string Keep(string name, params ReadOnlySpan<object?> values) => KeptText.Write(area, name, values);

    public string? OrNull(string name, params ReadOnlySpan<object?> values) => _resources.GetString(name, CultureInfo.CurrentUICulture) switch
    {
        null => null,
        var text when values.Length == 0 => text,
        var text => string.Format(CultureInfo.CurrentCulture, text, values),
    };

    /// <summary>In a language that is not the reader's: what goes to a customer.</summary>
    public string In(CultureInfo language, string name, params ReadOnlySpan<object?> values) =>
        string.Format(language, _resources.GetString(name, language) ?? throw new MissingManifestResourceException($"No text {area}.{name}."), values);

    /// <summary>A moment as these sentences write it; they name UTC themselves.</summary>
    public static string Moment(DateTime atUtc) => atUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
