using System.Text.Json;
using System.Text.Json.Serialization;
using WaConsole.Core.Interactive;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Conversations;

/// <summary>Stored form of <see cref="ReplyContent"/>.</summary>
internal static class ReplyJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(ReplyContent content) => JsonSerializer.Serialize(
        content switch
        {
            ReplyContent.Text text => new Stored(text),
            ReplyContent.Media media => new Stored(Media: media),
            ReplyContent.Template template => new Stored(Template: template),
            ReplyContent.Interactive interactive => new Stored(Interactive: interactive.What),
            ReplyContent.Place place => new Stored(Place: place),
            ReplyContent.Cards cards => new Stored(Cards: cards),
            _ => throw new ArgumentException("A reply of a kind that cannot be stored.", nameof(content)),
        },
        Options);

    /// <returns>Null for a message that was not made by a reply.</returns>
    public static ReplyContent? Read(string? json)
    {
        if (string.IsNullOrEmpty(json) || JsonSerializer.Deserialize<Stored>(json, Options) is not { } stored)
        {
            return null;
        }

        return (ReplyContent?)stored.Text ?? stored.Media ?? stored.Template ?? stored.Place ?? stored.Cards
            ?? (ReplyContent?)(stored.Interactive is { } what ? new ReplyContent.Interactive(what) : null);
    }

    private sealed record Stored(
        ReplyContent.Text? Text = null, ReplyContent.Media? Media = null, ReplyContent.Template? Template = null, InteractiveMessage? Interactive = null,
        ReplyContent.Place? Place = null, ReplyContent.Cards? Cards = null);
}
