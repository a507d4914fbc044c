using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public abstract record BlockOutcome
{
    private BlockOutcome()
    {
    }

    public sealed record Done : BlockOutcome;

    public sealed record NoSuchConversation : BlockOutcome;

    public sealed record Refused(string Sentence) : BlockOutcome;
}

/// <summary>
/// Blocks a customer for one of our numbers on WhatsApp, or frees them: blocked, neither side's messages arrive. WhatsApp is asked first,
/// and only what it did is noted, with a line in the thread.
/// </summary>
public sealed class BlockCustomer
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;

    internal BlockCustomer(
        Store store, AccountDirectory directory, CloudApiClient cloud, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
    {
        (_store, _directory, _cloud, _live, _clock, _whatsApp) = (store, directory, cloud, live, clock, whatsApp);
    }

    public async Task<BlockOutcome> RunAsync(Caller caller, long conversationId, bool block, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        var conversation = await db.Conversations.Include(c => c.Contact).SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null || !caller.MaySeeNumber(conversation.NumberId)
            || await _directory.NumberAsync(conversation.NumberId, cancellationToken) is not { } number)
        {
            return new BlockOutcome.NoSuchConversation();
        }

        if (RecipientOf(conversation.Contact) is not { } customer)
        {
            return new BlockOutcome.Refused(Texts.Contacts.Of("BlockNoIdentity"));
        }

        if (await AskAsync(number, customer, block, cancellationToken) is { } problem)
        {
            return new BlockOutcome.Refused(problem);
        }

        await NoteAsync(db, caller, conversation, block, cancellationToken);
        _live.Publish(new ContactChanged(conversation.ContactId));
        _live.Publish(new ConversationChanged(conversation.NumberId, conversation.Id));
        _live.Publish(new InboxChanged(conversation.NumberId, conversation.Id));
        return new BlockOutcome.Done();
    }

    /// <summary>A parent user id cannot be blocked (Meta, Block users, 2026).</summary>
    private static Recipient? RecipientOf(Contact contact) =>
        contact.Phone is { } phone ? new Recipient.Phone(phone)
        : contact.UserId is { } userId ? new Recipient.UserId(userId)
        : null;

    /// <returns>A sentence for the person who asked, or null when WhatsApp did it.</returns>
    private async Task<string?> AskAsync(NumberAccess number, Recipient customer, bool block, CancellationToken cancellationToken)
    {
        try
        {
            var result = block
                ? await _cloud.BlockAsync(number.Account.ForCalls(), number.PhoneNumberId, [customer], cancellationToken)
                : await _cloud.UnblockAsync(number.Account.ForCalls(), number.PhoneNumberId, [customer], cancellationToken);
            return result switch
            {
                { Failed: [var failed, ..] } => Reason(failed.Errors.Count > 0 ? failed.Errors[0] : null),
                { Changed.Count: 0 } => Reason(null),
                _ => null,
            };
        }
        catch (CloudApiException failure)
        {
            return failure.Fault == CloudApiFault.Refused ? Reason(failure.Error) : Texts.Contacts.Of("BlockUnreachable");
        }
    }

    private static string Reason(CloudApiError? error) => error?.Code switch
    {
        // The general sentence speaks of sending a message.
        131047 => Texts.Contacts.Of("BlockWindow"),
        { } code => Texts.Contacts.Of("BlockFailed", ErrorSentence.Of(code)),
        null => Texts.Contacts.Of("BlockUnreachable"),
    };

    private async Task NoteAsync(WaConsoleDb db, Caller caller, Conversation conversation, bool block, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var blocks = await db.ContactBlocks.Where(b => b.ContactId == conversation.ContactId).ToListAsync(cancellationToken);
        var known = blocks.Find(b => b.NumberId == conversation.NumberId);
        if (block == (known is not null))
        {
            return;
        }

        if (known is null)
        {
            db.ContactBlocks.Add(new ContactBlock
            {
                ContactId = conversation.ContactId,
                NumberId = conversation.NumberId,
                AtUtc = now,
                ByName = caller.Name,
            });
            conversation.Contact.BlockedAtUtc ??= now;
        }
        else
        {
            db.ContactBlocks.Remove(known);
            blocks.Remove(known);
            conversation.Contact.BlockedAtUtc = blocks.Count == 0 ? null : blocks.Min(b => b.AtUtc);
        }

        var activity = new MessageContent.Activity(block ? "blocked" : "unblocked", caller.Name, null);
        ActivityLine.Add(db, conversation, caller, activity, _whatsApp.UtcNow, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // A colleague asked for the same at this moment and has noted it.
        }
    }
}
