using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What the list shows, as the address holds it: it can be bookmarked, shared and walked back.</summary>
public sealed record InboxView(
    InboxTab Tab = InboxTab.All,
    ConversationStatus? Status = ConversationStatus.Open,
    InboxSort Sort = InboxSort.Newest,
    long? NumberId = null,
    string Search = "",
    long? LabelId = null,
    long? AgentId = null,
    MessageKind? Kind = null,
    DateOnly? From = null,
    DateOnly? To = null)
{
    public const int MaxSearchLength = 120;

    public static InboxView Default { get; } = new();

    /// <summary>Words nobody knows fall back to the default: an old bookmark still opens the inbox.</summary>
    public static InboxView Read(InboxAddress address) => new(
        address.Tab switch { "mine" => InboxTab.Mine, "unassigned" => InboxTab.Unassigned, _ => InboxTab.All },
        address.Status switch
        {
            "pending" => ConversationStatus.Pending,
            "snoozed" => ConversationStatus.Snoozed,
            "resolved" => ConversationStatus.Resolved,
            "open" => ConversationStatus.Open,
            "all" => null,
            _ => UsualStatus(Cut(address.Search?.Trim() ?? "")),
        },
        address.Sort switch
        {
            "waiting" => InboxSort.LongestWaiting,
            "closing" => InboxSort.WindowClosingFirst,
            "unread" => InboxSort.UnreadFirst,
            "open" => InboxSort.OpenWindows,
            "soon" => InboxSort.ClosingSoon,
            "closed" => InboxSort.ClosedWindows,
            _ => InboxSort.Newest,
        },
        Id(address.Number),
        Cut(address.Search?.Trim() ?? ""),
        Id(address.Label),
        Id(address.Agent),
        KindOf(address.Kind),
        Day(address.From),
        Day(address.To));

    /// <summary>Somebody who begins to search looks for a customer, not for a place in the list: everywhere, until it is narrowed on purpose.</summary>
    public InboxView SearchFor(string words) =>
        Search.Length == 0 && words.Length > 0
            ? this with { Search = words, Tab = InboxTab.All, Status = null, Sort = IsPart(Sort) ? InboxSort.Newest : Sort }
            : this with { Search = words };

    /// <summary>
    /// Without the words. Where the search began here, as it was before it, but for what was chosen meanwhile; where it came with the address,
    /// the same place.
    /// </summary>
    public InboxView After(InboxView? before) => before is null
        ? this with { Search = "", Status = IsStatusChosen ? Status : Default.Status }
        : this with
        {
            Search = "",
            Tab = Tab == InboxTab.All ? before.Tab : Tab,
            Status = IsStatusChosen ? Status : before.Status,
            Sort = Sort == InboxSort.Newest && IsPart(before.Sort) ? before.Sort : Sort,
        };

    /// <summary>The words alone.</summary>
    public InboxView Everywhere() => Default.SearchFor(Search);

    public bool IsStatusChosen => Status != UsualStatus(Search);

    /// <summary>The same view as <see cref="Write"/> says it now.</summary>
    public static string Rewrite(string query)
    {
        var given = QueryHelpers.ParseQuery(query);
        return Read(new InboxAddress(
            One("tab"), One("status"), One("sort"), One("number"), One("q"), One("label"), One("agent"), One("kind"), One("from"), One("to"))).Write();

        string? One(string name) => given.TryGetValue(name, out var value) ? value[0] : null;
    }

    /// <summary>The query part of the address, with what differs from the default; empty when nothing does.</summary>
    public string Write()
    {
        List<string> parts = [];
        if (Tab != Default.Tab)
        {
            parts.Add("tab=" + TabWord);
        }

        if (IsStatusChosen)
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

        if (AgentId is { } agent)
        {
            parts.Add("agent=" + agent.ToString(CultureInfo.InvariantCulture));
        }

        if (Search.Length > 0)
        {
            parts.Add("q=" + Uri.EscapeDataString(Search));
        }

        if (Kind is { } kind)
        {
            parts.Add("kind=" + WordOf(kind));
        }

        if (From is { } from)
        {
            parts.Add("from=" + DayWord(from));
        }

        if (To is { } to)
        {
            parts.Add("to=" + DayWord(to));
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
        InboxSort.OpenWindows => "open",
        InboxSort.ClosingSoon => "soon",
        InboxSort.ClosedWindows => "closed",
        _ => "newest",
    };

    /// <summary>Kinds a search can be narrowed to.</summary>
    public static IReadOnlyList<MessageKind> Kinds { get; } =
    [
        MessageKind.Text, MessageKind.Image, MessageKind.Video, MessageKind.Audio, MessageKind.Document, MessageKind.Location, MessageKind.Contacts,
        MessageKind.Interactive, MessageKind.Button, MessageKind.Order, MessageKind.Template, MessageKind.Note,
    ];

    public static string WordOf(MessageKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>As a date field holds it.</summary>
    public static string DayWord(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    public static MessageKind? KindOf(string? word) => Kinds.Select(kind => (MessageKind?)kind).FirstOrDefault(kind => WordOf(kind!.Value) == word);

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 9999 ? day : null;

    /// <param name="viewer">Whose days <see cref="From"/> and <see cref="To"/> are. Both are included.</param>
    public InboxQuery Query(ViewerClock viewer, string? cursor, int limit) => new(
        Tab, Status, Sort, Search.Length == 0 ? null : Search, NumberId, cursor, limit, LabelId, AssigneeId: AgentId,
        Bounds: new SearchBounds(StartOf(viewer, From), StartOf(viewer, To?.AddDays(1)), Kind));

    private static bool IsPart(InboxSort sort) => sort is InboxSort.OpenWindows or InboxSort.ClosingSoon or InboxSort.ClosedWindows;

    private static ConversationStatus? UsualStatus(string search) => search.Length > 0 ? null : ConversationStatus.Open;

    private static DateTime? StartOf(ViewerClock viewer, DateOnly? day) => day is { } known ? viewer.Utc(known.ToDateTime(default)) : null;

    private static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Cut(string search) => search.Length <= MaxSearchLength ? search : search[..MaxSearchLength];
}
