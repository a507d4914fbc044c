using System.Text.Json;
using System.Text.Json.Serialization;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Conversations;

/// <summary>
/// How an account confirms a stop: one message, inside the window the stop itself opened. <see cref="Texts"/> by language of the console;
/// the program's own words where there is none.
/// </summary>
public sealed record StopReply
{
    public const int MaxText = 1_000;

    public bool IsOn { get; init; } = true;

    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The program's own words.</summary>
    public static string Usual(string language) => Resources.Texts.Capture.In(System.Globalization.CultureInfo.GetCultureInfo(language), "StopReply");

    public string In(string language) => Texts.TryGetValue(language, out var text) && text.Length > 0 ? text : Usual(language);

    internal string Write() => JsonSerializer.Serialize(this, StopReplyJson.Default.StopReply);

    internal static StopReply Of(BusinessAccount account) =>
        account.StopReplyJson is { } json && JsonSerializer.Deserialize(json, StopReplyJson.Default.StopReply) is { } kept ? kept : new StopReply();
}

[JsonSerializable(typeof(StopReply))]
internal sealed partial class StopReplyJson : JsonSerializerContext;
