using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>What stands above the body.</summary>
public abstract record InteractiveHeader
{
    private InteractiveHeader()
    {
    }

    /// <param name="Value">Up to 60.</param>
    public sealed record Text(string Value) : InteractiveHeader;

    public sealed record Image(MediaRef Media) : InteractiveHeader;

    public sealed record Video(MediaRef Media) : InteractiveHeader;

    public sealed record Document(MediaRef Media, string? FileName = null) : InteractiveHeader;
}

/// <param name="Id">Comes back; up to 256, unique within the message.</param>
/// <param name="Title">Up to 20, unique within the message.</param>
public sealed record ReplyButton(string Id, string Title);

/// <param name="Title">Up to 24; needed when there is more than one section.</param>
public sealed record ListSection(string? Title, IReadOnlyList<ListRow> Rows);

/// <param name="Id">Comes back; up to 200.</param>
/// <param name="Title">Up to 24.</param>
/// <param name="Description">Up to 72.</param>
public sealed record ListRow(string Id, string Title, string? Description = null);

/// <param name="Title">Up to 24.</param>
public sealed record ProductSection(string? Title, IReadOnlyList<string> ProductRetailerIds);

/// <summary>A form and how to open it.</summary>
/// <param name="Id">The form's id, or null with <paramref name="Name"/>.</param>
/// <param name="Label">The button, up to 30, no emoji.</param>
/// <param name="Token">Comes back with the answer; <c>unused</c> when left out.</param>
/// <param name="Screen">First screen; null lets the form's own server decide (<c>data_exchange</c>).</param>
/// <param name="Data">For the first screen: an object that is not empty.</param>
/// <param name="IsDraft">An unpublished form, for trying it out.</param>
public sealed record FlowCall(
    string? Id,
    string Label,
    string? Token = null,
    string? Screen = null,
    JsonElement? Data = null,
    string? Name = null,
    bool IsDraft = false);

/// <summary>An address the customer may pick.</summary>
public sealed record SavedAddress(string Id, IReadOnlyDictionary<string, string> Value);

/// <summary>A card of a free-form carousel: a link or quick replies, the same set on every card.</summary>
/// <param name="Media">Picture or video, the same kind on every card.</param>
/// <param name="Body">Up to 160 and two line breaks.</param>
public abstract record MediaCard(InteractiveHeader Media, string? Body)
{
    /// <param name="Label">Up to 20.</param>
    public sealed record Link(InteractiveHeader Media, string? Body, string Label, Uri Url) : MediaCard(Media, Body);

    /// <param name="Choices">Ids and titles up to 20.</param>
    public sealed record QuickReplies(InteractiveHeader Media, string? Body, IReadOnlyList<ReplyButton> Choices)
        : MediaCard(Media, Body);
}
