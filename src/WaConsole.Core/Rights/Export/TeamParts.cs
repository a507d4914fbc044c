using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Rights.Export;

/// <summary>What colleagues began to write to the person, who of them follows the conversation, and what they were told about it.</summary>
internal static class TeamParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> DraftsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var thread in person.Threads)
        {
            foreach (var draft in await person.Db.Drafts.Where(d => d.ConversationId == thread).OrderBy(d => d.AgentId).ToListAsync(cancellationToken))
            {
                var ids = draft.MediaFileIds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToArray();
                var files = ids.Length == 0
                    ? []
                    : await person.Db.MediaFiles.Where(f => ids.Contains(f.Id)).OrderBy(f => f.Id).Select(f => f.FileName).ToListAsync(cancellationToken);
                yield return Facts.Of(
                    ("conversation", thread),
                    ("at", draft.UpdatedAtUtc),
                    ("by", person.Agent(draft.AgentId)),
                    ("text", draft.Text),
                    ("note", draft.NoteText),
                    ("file", string.Join(", ", files)),
                    ("repliesTo", draft.ReplyToMessageId));
            }
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> ColleaguesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var thread in person.Threads)
        {
            foreach (var colleague in await person.Db.Participants.Where(p => p.ConversationId == thread).OrderBy(p => p.SinceUtc).ToListAsync(cancellationToken))
            {
                yield return Facts.Of(("conversation", thread), ("colleague", person.Agent(colleague.AgentId)), ("since", colleague.SinceUtc));
            }
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> NotificationsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var thread in person.Threads)
        {
            var told = InPages.RowsAsync(
                last => person.Db.Notifications.Where(n => n.ConversationId == thread && n.Id > last).OrderBy(n => n.Id), one => one.Id, cancellationToken);
            await foreach (var one in told)
            {
                yield return Facts.Of(
                    ("conversation", one.ConversationId),
                    ("message", one.MessageId),
                    ("at", one.AtUtc),
                    ("kind", one.Kind),
                    ("by", one.ActorName),
                    ("colleague", person.Agent(one.AgentId)),
                    ("text", KeptText.Read(one.Preview)),
                    ("read", one.ReadAtUtc));
            }
        }
    }
}
