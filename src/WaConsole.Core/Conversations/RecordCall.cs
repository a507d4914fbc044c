using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// One line for a call, from its ringing to its end. A customer's call, answered or not, and a call of ours they took open the service
/// window like a message (Meta, Calling, November 2025); one that nobody took waits for an answer like a message.
/// </summary>
internal static class RecordCall
{
    public static async Task<Recorded> ApplyAsync(WaConsoleDb db, CallItem item, Reception at, CancellationToken cancellationToken)
    {
        var who = new PersonIdentity(
            at.Scope, item.CustomerPhone, item.CustomerUserId, item.CustomerParentUserId, item.Username, item.ProfileName)
        {
            SeenAtUtc = item.TimestampUtc,
        }.Cleaned();
        if (CallStory.Of(item) is not { } told)
        {
            return new Recorded.Stored();
        }

        if (at.NumberId is not { } numberId || !who.HasKey)
        {
            return new Recorded.Refused("The call does not say between whom it was.");
        }

        var contact = await ResolveContact.ApplyAsync(db, who, at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var conversation = await OpenConversation.ApplyAsync(db, contact.Id, numberId, at.NowUtc, cancellationToken);
        if (item.OpensServiceWindow)
        {
            OpenWindow.By(conversation, item.TimestampUtc);
        }

        var key = KeyOf(numberId, item.CallId);
        var call = await db.Messages.SingleOrDefaultAsync(m => m.ClientKey == key, cancellationToken);
        var before = call is null ? null : ContentJson.Read(call.ContentJson) as MessageContent.Call;
        var now = CallStory.After(before, told);
        if (call is null)
        {
            call = Row(item, conversation, key, now, at.NowUtc);
            db.Messages.Add(call);
            await db.SaveChangesAsync(cancellationToken);
            ShowLast.Apply(conversation, call);
        }
        else
        {
            call.ContentJson = ContentJson.Write(now);
            call.SentAtUtc = item.TimestampUtc < call.SentAtUtc ? item.TimestampUtc : call.SentAtUtc;
        }

        if (now is { FromCustomer: true, Outcome: CallOutcome.Missed } && before?.Outcome != CallOutcome.Missed)
        {
            ReceiveMessage.Wait(conversation, call, at.Arrivals);
        }

        await db.SaveChangesAsync(cancellationToken);
        at.Changes.NewLine(conversation.NumberId, conversation.Id, call.Id);
        return new Recorded.Stored();
    }

    private static Message Row(CallItem item, Conversation conversation, Guid key, MessageContent.Call call, DateTime nowUtc) => new()
    {
        ConversationId = conversation.Id,
        NumberId = conversation.NumberId,
        Direction = call.FromCustomer ? MessageDirection.Inbound : MessageDirection.Outbound,
        Kind = MessageKind.Call,
        ClientKey = key,
        ContentJson = ContentJson.Write(call),
        RawJson = item.RawJson,
        SentAtUtc = item.StartedUtc ?? item.TimestampUtc,
        CreatedAtUtc = nowUtc,
    };

    /// <summary>A call has no message id: WhatsApp would refuse it as one when a line is quoted or marked read. Its own id finds the line again.</summary>
    private static Guid KeyOf(long numberId, string callId) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"call {numberId} {callId}")).AsSpan(0, 16));
}
