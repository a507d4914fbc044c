namespace WaConsole.CloudApi;

/// <summary>What to do about an error.</summary>
public enum ErrorRetry
{
    /// <summary>Will not succeed however often it is tried.</summary>
    Never,

    /// <summary>Repeat with growing delay, unless the entry says it may have been sent.</summary>
    Backoff,

    /// <summary>Somebody must change the request, the template, a permission or billing first.</summary>
    Fix,

    /// <summary>Only after a time or an event has passed.</summary>
    Window,
}

/// <summary>How far an error reaches: what should stop because of it.</summary>
public enum ErrorScope
{
    Message,
    Recipient,
    Template,
    Number,
    Account,
}

/// <summary>One code of the error book.</summary>
/// <param name="Code">Meta's code; for a range, the code asked for.</param>
/// <param name="Title">Short, for administrators.</param>
/// <param name="Meaning">What happened, for administrators.</param>
/// <param name="Retry">What to do.</param>
/// <param name="AgentHint">One or two plain sentences for the person at the desk.</param>
/// <param name="MaybeSent">True: the message may be out, so it is not repeated automatically.</param>
public sealed record ErrorBookEntry(
    int Code,
    string Title,
    string Meaning,
    ErrorRetry Retry,
    string AgentHint,
    bool MaybeSent);
