using System.Globalization;
using System.Resources;

namespace WaConsole.Core.Resources;

/// <summary>Sentences for people, one resource file per area. The reader's language decides, English is the fallback.</summary>
internal sealed class Texts(string area)
{
    public static Texts Sending { get; } = new("Sending");

    public static Texts Templates { get; } = new("Templates");

    public static Texts Numbers { get; } = new("Numbers");

    public static Texts CannedReplies { get; } = new("CannedReplies");

    public static Texts Labels { get; } = new("Labels");

    public static Texts Contacts { get; } = new("Contacts");

    public static Texts Storage { get; } = new("Storage");

    public static Texts Team { get; } = new("Team");

    public static Texts Conversations { get; } = new("Conversations");

    public static Texts Media { get; } = new("Media");

    private readonly ResourceManager _resources = new($"WaConsole.Core.Resources.{area}", typeof(Texts).Assembly);

    public string Of(string name, params ReadOnlySpan<object?> values)
    {
        var text = _resources.GetString(name, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"No text {area}.{name}.");
        return values.Length == 0 ? text : string.Format(CultureInfo.CurrentUICulture, text, values);
    }

    /// <summary>A moment as these sentences write it; they name UTC themselves.</summary>
    public static string Moment(DateTime atUtc) => atUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
