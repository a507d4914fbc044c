using System.Globalization;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What the list shows, as the address holds it: it can be bookmarked, shared and walked back.</summary>
public sealed record InboxView(
    InboxTab Tab = InboxTab.All,
    ConversationStatus? Status = ConversationStatus.Open,
    InboxSort Sort = InboxSort.Newest,
    long? NumberId = null,
    string Search = "",
    long? LabelId = null)
{
    public const int MaxSearchLength = 120;

    public static InboxView Default { get; } = new();

    /// <summary>Words nobody knows fall back to the default: an old bookmark still opens the inbox.</summary>
    public static InboxView Read(string? tab, string? status, string? sort, string? number, string? search, string? label = null) => new(
        tab switch { "mine" => InboxTab.Mine, "unassigned" => InboxTab.Unassigned, _ => InboxTab.All },
        status switch
        {
            "pending" => ConversationStatus.Pending,
            "snoozed" => ConversationStatus.Snoozed,
            "resolved" => ConversationStatus.Resolved,
            "all" => null,
            _ => ConversationStatus.Open,
        },
        sort switch
        {
            "waiting" => InboxSort.LongestWaiting,
            "closing" => InboxSort.WindowClosingFirst,
            "unread" => InboxSort.UnreadFirst,
            _ => InboxSort.Newest,
        },
        Id(number),
        Cut(search?.Trim() ?? ""),
        Id(label));

    /// <summary>The query part of the address, with what differs from the default; empty when nothing does.</summary>
    public string Write()
    {
        List<string> parts = [];
        if (Tab != Default.Tab)
        {
            parts.Add("tab=" + TabWord);
        }

        if (Status != Default.Status)
        {
            parts.Add("status=" + StatusWord);
        }

        if (Sort != Default.Sort)
        {
            parts.Add("sort=" + SortWord);
        }

        if (NumberId is { } number)
        {
            parts.Add("number=" + number.ToString(CultureInfo.InvariantCulture));
        }

        if (LabelId is { } label)
        {
            parts.Add("label=" + label.ToString(CultureInfo.InvariantCulture));
        }

        if (Search.Length > 0)
        {
            parts.Add("q=" + Uri.EscapeDataString(Search));
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    public string PathTo(long? conversationId) =>
        (conversationId is { } id ? "inbox/" + id.ToString(CultureInfo.InvariantCulture) : "inbox") + Write();

    public string TabWord => Tab.ToString().ToLowerInvariant();

    public string StatusWord => Status?.ToString().ToLowerInvariant() ?? "all";

    public string SortWord => Sort switch
    {
        InboxSort.LongestWaiting => "waiting",
        InboxSort.WindowClosingFirst => "closing",
        InboxSort.UnreadFirst => "unread",
        _ => "newest",
    };

    public InboxQuery Query(string? cursor, int limit) =>
        new(Tab, Status, Sort, Search.Length == 0 ? null : Search, NumberId, cursor, limit, LabelId);

    private static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Cut(string search) => search.Length <= MaxSearchLength ? search : search[..MaxSearchLength];
}
