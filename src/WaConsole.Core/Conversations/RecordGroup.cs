using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>WhatsApp tells about a group: made, renamed, suspended, who came and went. Names the group and leaves a notice in its conversation.</summary>
internal static class RecordGroup
{
    private const int MostNamed = 8;

    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, GroupItem item, Reception at, CancellationToken cancellationToken)
    {
        if (at.NumberId is not { } numberId || item.GroupId is not { Length: > 0 } groupId)
        {
            // A group that could not be made has no id; the raw delivery keeps why.
            return new Recorded.Stored();
        }

        var subject = item.Subject ?? (item.SubjectChange is { Succeeded: not false } change ? change.Text : null);
        var group = await ResolveGroup.ApplyAsync(db, at.Scope, groupId, subject, at.NowUtc, cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, group.Id, numberId, at.NowUtc, cancellationToken);
        db.Messages.Add(new Message
        {
            ConversationId = conversation.Id,
            NumberId = numberId,
            Direction = MessageDirection.None,
            Kind = MessageKind.System,
            ContentJson = ContentJson.Write(new MessageContent.Notice(StoredText.Clean(item.Type, 100), Detail(item, subject))),
            RawJson = item.RawJson,
            SentAtUtc = item.TimestampUtc ?? at.NowUtc,
            CreatedAtUtc = at.NowUtc,
        });
        await db.SaveChangesAsync(cancellationToken);

        at.Changes.Row(numberId, conversation.Id);
        return new Recorded.Stored();
    }

    private static string? Detail(GroupItem item, string? subject)
    {
        var people = item.Added.Concat(item.Removed).Concat(item.Failed).Take(MostNamed).Select(Name)
            .Append(item.WaId is { Length: > 0 } asks ? "+" + asks : "")
            .Where(name => name.Length > 0);
        return StoredText.CleanOrNull(string.Join(", ", people), 500) ?? StoredText.CleanOrNull(subject, 500);
    }

    private static string Name(GroupParticipant person) =>
        ContactName.Of(null, null, person.Username, person.WaId, person.UserId) is { Length: > 0 } name ? name : person.Input ?? "";
}
