namespace WaConsole.Core.Conversations;

public enum ConversationStatus
{
    Open = 1,
    Pending = 2,
    Snoozed = 3,
    Resolved = 4,
}

/// <summary>One customer with one business number, for ever. What the list draws is kept on the row, in the transaction that changes it.</summary>
internal sealed class Conversation
{
    public long Id { get; set; }

    public long ContactId { get; set; }

    public Contacts.Contact Contact { get; set; } = null!;

    public long NumberId { get; set; }

    public Numbers.Number Number { get; set; } = null!;

    public ConversationStatus Status { get; set; } = ConversationStatus.Open;

    public DateTime? SnoozedUntilUtc { get; set; }

    public long? AssigneeId { get; set; }

    public int UnreadCount { get; set; }

    public long? FirstUnreadMessageId { get; set; }

    /// <summary>Time of the newest message of either side: the list's first sort.</summary>
    public DateTime LastActivityAtUtc { get; set; }

    public long? LastMessageId { get; set; }

    public string LastPreview { get; set; } = "";

    public MessageKind LastKind { get; set; }

    public MessageDirection LastDirection { get; set; }

    public DeliveryStatus LastStatus { get; set; }

    /// <summary>Oldest customer message nobody has answered; null when answered or resolved.</summary>
    public DateTime? WaitingSinceUtc { get; set; }

    /// <summary>WhatsApp's timestamp of the newest event that opens the service window; it never moves back.</summary>
    public DateTime? WindowOpenedAtUtc { get; set; }

    /// <summary>True end of the service window; null when it was never opened.</summary>
    public DateTime? WindowExpiresAtUtc { get; set; }

    /// <summary>The expiry has been pushed to the screens.</summary>
    public bool WindowExpiryAnnounced { get; set; } = true;

    /// <summary>When our people were told that this window closes unanswered, on WhatsApp's clock; null while they were not.</summary>
    public DateTime? ClosingToldAtUtc { get; set; }

    /// <summary>End of the free entry point as WhatsApp reported it. It changes the price, not what may be sent.</summary>
    public DateTime? EntryPointExpiresAtUtc { get; set; }

    /// <summary>The ad or post the customer came from, as received.</summary>
    public string? ReferralJson { get; set; }

    /// <summary>Another app or an AI agent answers this thread (Meta, Conversation Routing): free-form sends are refused with 131070.</summary>
    public bool OwnedElsewhere { get; set; }

    /// <summary>Until when what was sent to this customer is paid for, see Sending.PairPace.</summary>
    public long PairPaidUntil { get; set; }

    /// <summary>Messages in a row that the customer did not answer, since <see cref="UnansweredSinceUtc"/>: what the gate's spam guard reads.</summary>
    public int UnansweredCount { get; set; }

    public DateTime? UnansweredSinceUtc { get; set; }

    /// <summary>Its labels as the list draws them, see Labels.LabelIds.</summary>
    public string? LabelIds { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    /// <summary>One more message of ours. The count begins anew when its time is over.</summary>
    public void Unanswered(DateTime nowUtc, TimeSpan time)
    {
        if (UnansweredSinceUtc is not { } since || nowUtc - since >= time)
        {
            (UnansweredSinceUtc, UnansweredCount) = (nowUtc, 0);
        }

        UnansweredCount++;
    }

    /// <summary>The customer wrote.</summary>
    public void Answered() => (UnansweredSinceUtc, UnansweredCount) = (null, 0);
}

/// <summary>What an agent has typed and not sent, kept per conversation and person.</summary>
internal sealed class Draft
{
    public long ConversationId { get; set; }

    public long AgentId { get; set; }

    public string Text { get; set; } = "";

    /// <summary>What stands in the other tab: a private note begun. Null when there is none.</summary>
    public string? NoteText { get; set; }

    /// <summary>Media file ids, comma separated.</summary>
    public string MediaFileIds { get; set; } = "";

    public long? ReplyToMessageId { get; set; }

    /// <summary>The reply goes out by itself when the customer writes, under keys made from this one; null when it waits for its author.</summary>
    public Guid? DeliverKey { get; set; }

    public DateTime UpdatedAtUtc { get; set; }
}
