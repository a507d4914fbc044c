using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Layout;

public sealed record FoundConversation(long Id, string Name, string Preview);

public sealed record FoundPerson(long Id, string Name, string? Phone);

public sealed record FoundThings(IReadOnlyList<FoundConversation> Conversations, IReadOnlyList<FoundPerson> People);

/// <summary>A few conversations and people for the command bar, by the same searches as the pages, with the same rights and limits.</summary>
public sealed class FindAnything(ListInbox inbox, ListContacts contacts)
{
    private const int Conversations = 6;
    private const int People = 4;
    private const int MaxWords = 120;

    public async Task<FoundThings> RunAsync(Caller caller, string words, CancellationToken cancellationToken)
    {
        var search = words.Trim() is var all && all.Length <= MaxWords ? all : all[..MaxWords];
        if (search.Length == 0)
        {
            return new FoundThings([], []);
        }

        var threads = await inbox.RunAsync(caller, new InboxQuery(Status: null, Search: search, Limit: Conversations), cancellationToken);
        var people = await contacts.RunAsync(caller, new ContactQuery(Search: search, Limit: People), cancellationToken);
        return new FoundThings(
            [.. threads.Rows.Select(row => new FoundConversation(row.Id, row.Name, row.LastPreview))],
            [.. people.Rows.Select(row => new FoundPerson(row.Id, row.Name, row.Phone))]);
    }
}
