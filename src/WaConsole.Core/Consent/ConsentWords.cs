namespace WaConsole.Core.Consent;

/// <summary>What somebody may agree to. <see cref="All"/> stands in entries only: state is kept for the other four.</summary>
public enum ConsentPurpose
{
    Marketing = 1,
    Utility = 2,
    Authentication = 3,
    Calls = 4,
    All = 9,
}

public enum ConsentAction
{
    Granted = 1,
    Withdrawn = 2,

    /// <summary>Granted again while it stood.</summary>
    Renewed = 3,

    /// <summary>Ended early, by an entry of its own. The usual end is the grant's expiry, which needs none.</summary>
    Expired = 4,

    /// <summary>The proof was erased on the person's wish; what is left is that nothing may be sent.</summary>
    Erased = 5,

    /// <summary>Asked for confirmation by a template; nothing was agreed to yet.</summary>
    Requested = 6,

    /// <summary>START, or marketing resumed in WhatsApp: our stop ends. It is no consent.</summary>
    StopLifted = 7,

    /// <summary>What an entry ended stands again, as if it had not been written: that entry is the one it answers.</summary>
    Restored = 8,
}

public enum ConsentSource
{
    Website = 1,
    SmsOrEmail = 2,
    Transaction = 3,
    InStore = 4,
    SignUpForm = 5,
    Phone = 6,
    Paper = 7,
    Import = 8,
    Api = 9,
    WhatsAppMessage = 10,

    /// <summary>The customer's own setting in WhatsApp (webhook field user_preferences).</summary>
    WhatsAppPreference = 11,

    /// <summary>WhatsApp refused a message because the customer wants no marketing (131050).</summary>
    WhatsAppRefusal = 12,
    QuickReply = 13,
    Keyword = 14,
    Agent = 15,
    PublicPage = 16,

    /// <summary>The stricter state of one of two people who turned out to be one.</summary>
    Merge = 17,

    /// <summary>Stopped before there was a registry.</summary>
    Earlier = 18,
    Erasure = 19,

    /// <summary>The number went to somebody else: WhatsApp shows another user id behind it.</summary>
    NumberPassed = 20,

    /// <summary>WhatsApp said later that both user ids are of one person, or that the person before had moved.</summary>
    NumberKept = 21,
}

/// <summary>On what the business stands by law. Asked for with every entry; no legal advice.</summary>
public enum LawfulBasis
{
    Consent = 1,

    /// <summary>Similar products to an existing customer (ePrivacy, article 13(2)).</summary>
    SoftOptIn = 2,
    Contract = 3,
    LegitimateInterest = 4,
    LegalObligation = 5,
}

/// <summary>Where a person stands with a purpose.</summary>
public enum Standing
{
    None = 0,

    /// <summary>Asked to confirm: exactly the one message that asks may go.</summary>
    Pending = 1,
    OptedIn = 2,

    /// <summary>Agreed, but the proof lacks something. Does not count for marketing.</summary>
    Incomplete = 3,
    OptedOut = 4,
    Expired = 5,
}
