using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Labels;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Header and right panel of one conversation.</summary>
public sealed record ConversationView(
    long Id,
    long ContactId,
    string Name,
    string? ProfileName,
    string? Phone,
    string? Username,
    string? UserId,
    string? Country,
    DateTime ContactSinceUtc,
    DateTime? OptedOutAtUtc,
    string? OptedOutReason,
    DateTime? IdentityChangedAtUtc,
    long NumberId,
    string NumberName,
    string NumberDisplay,
    NumberEnvironment Environment,
    long BusinessAccountId,
    ReadReceiptPolicy ReadReceipts,
    ConversationStatus Status,
    DateTime? SnoozedUntilUtc,
    long? AssigneeId,
    string? AssigneeName,
    int Unread,
    long? FirstUnreadMessageId,
    DateTime? WaitingSinceUtc,
    WindowView Window,
    MessageContent.Referral? Referral,
    bool OwnedElsewhere,
    string? SendingStopped,
    IReadOnlyList<FileView> Files,
    IReadOnlyList<long> Labels,
    IReadOnlyList<Assignee> Participants,
    bool IsGroup = false)
{
    /// <summary>Whether marketing was agreed to: what the gate asks for besides no stop.</summary>
    public Standing Marketing { get; init; }

    /// <summary>Everything was stopped, not only marketing.</summary>
    public bool WantsNothing { get; init; }

    /// <summary>The newest of either side, lines of the team left out.</summary>
    public long? LastMessageId { get; init; }

    /// <summary>Whether the other one draws the same.</summary>
    public bool Draws(ConversationView? other) =>
        other is not null && Files.SequenceEqual(other.Files) && Labels.SequenceEqual(other.Labels)
        && Participants.SequenceEqual(other.Participants)
        && this == other with { Files = Files, Labels = Labels, Participants = Participants, LastMessageId = LastMessageId };
}

/// <summary>A file of the conversation, newest first, at most twelve.</summary>
public sealed record FileView(long MediaFileId, Guid Key, MessageKind Kind, string FileName, string MimeType, long SizeBytes);

public sealed class ReadConversation(Store store, WhatsAppClock whatsApp)
{
    private const int FilesShown = 12;

    /// <returns>Null when there is none the caller may see: existence is not told.</returns>
    public async Task<ConversationView?> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var files = await FilesAsync(db, conversationId, cancellationToken);
        var people = await PeopleAsync(db, conversationId, cancellationToken);
        var nowUtc = whatsApp.UtcNow;
        var view = await db.Conversations.AsNoTracking()
            .Where(c => c.Id == conversationId)
            .Select(c => new ConversationView(
                c.Id,
                c.ContactId,
                ContactName.Of(c.Contact.GivenName, c.Contact.ProfileName, c.Contact.Username, c.Contact.Phone, c.Contact.UserId),
                c.Contact.ProfileName,
                c.Contact.Phone,
                c.Contact.Username,
                c.Contact.UserId,
                c.Contact.Country,
                c.Contact.CreatedAtUtc,
                c.Contact.OptedOutAtUtc,
                c.Contact.OptedOutReason,
                c.Contact.IdentityChangedAtUtc,
                c.NumberId,
                c.Number.Name,
                c.Number.DisplayPhoneNumber,
                c.Number.Environment,
                c.Number.BusinessAccountId,
                c.Number.ReadReceipts,
                c.Status,
                c.SnoozedUntilUtc,
                c.AssigneeId,
                db.Users.Where(u => u.Id == c.AssigneeId).Select(u => u.DisplayName).FirstOrDefault(),
                c.UnreadCount,
                c.FirstUnreadMessageId,
                c.WaitingSinceUtc,
                WindowView.Of(c.WindowExpiresAtUtc, c.EntryPointExpiresAtUtc, nowUtc),
                ContentJson.Read(c.ReferralJson) as MessageContent.Referral,
                c.OwnedElsewhere,
                NumberBanner.Of(
                    c.Number.SendingStoppedAtUtc ?? c.Number.BusinessAccount.SendingStoppedAtUtc,
                    c.Number.SendingStoppedCode ?? c.Number.BusinessAccount.SendingStoppedCode),
                files,
                LabelIds.Read(c.LabelIds),
                people,
                c.Contact.Identifiers.Any(i => i.Kind == IdentifierKind.Group))
            {
                LastMessageId = c.LastMessageId,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (view is null || !caller.MaySeeNumber(view.NumberId))
        {
            return null;
        }

        var standings = await ReadStandings.OfAsync(db, [view.ContactId], nowUtc, cancellationToken);
        var standing = standings[view.ContactId];
        return view with { Marketing = standing.Marketing.What, WantsNothing = standing.WantsNothing };
    }

    private static async Task<IReadOnlyList<Assignee>> PeopleAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken)
    {
        var people = await db.Participants.AsNoTracking()
            .Where(p => p.ConversationId == conversationId)
            .Join(db.Users, p => p.AgentId, u => u.Id, (p, u) => new Assignee(u.Id, u.DisplayName))
            .ToListAsync(cancellationToken);
        return [.. people.OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(person => person.AgentId)];
    }

    private static async Task<IReadOnlyList<FileView>> FilesAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken) =>
        await db.MediaFiles.AsNoTracking()
            .Where(f => f.ConversationId == conversationId && f.State == MediaState.Ready)
            .OrderByDescending(f => f.Id)
            .Take(FilesShown)
            .Select(f => new FileView(f.Id, f.Key, UploadRules.KindOf(f.MimeType) ?? MessageKind.Document, f.FileName, f.MimeType, f.SizeBytes))
            .ToListAsync(cancellationToken);
}
