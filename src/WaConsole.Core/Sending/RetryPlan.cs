using WaConsole.CloudApi;

namespace WaConsole.Core.Sending;

/// <summary>What follows from a send that was not accepted.</summary>
internal abstract record SendVerdict
{
    private SendVerdict()
    {
    }

    /// <summary>Nothing was sent: back into the queue. What it belongs to waits as long.</summary>
    public sealed record Again(TimeSpan Wait, HoldReach Holds) : SendVerdict;

    /// <summary>WhatsApp does not know the template as we do: read the templates once, then try once more.</summary>
    public sealed record SyncTemplates : SendVerdict;

    /// <summary>Credentials, account or number are refused: stop them, and keep the message in the queue.</summary>
    public sealed record Stop(ErrorScope Scope, int Code) : SendVerdict;

    /// <summary>It may have gone out: never repeated by itself.</summary>
    public sealed record Unknown : SendVerdict;

    public sealed record GiveUp : SendVerdict;
}

/// <summary>What a refusal tells to wait: the one message, its number, or with 80007 (the account's limit), 4 and 613 (the app's) every number of the account.</summary>
internal enum HoldReach
{
    Message,
    Number,
    Account,
}

/// <summary>Pure: failure, number of tries and a dice in, verdict out.</summary>
internal static class RetryPlan
{
    public const int TemplateUnknown = 132001;
    public const int WindowClosed = 131047;
    public const int OptedOut = 131050;
    public const int PairLimit = 131056;

    private const int TemplateSyncing = 134101;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Maintenance = TimeSpan.FromMinutes(1);

    /// <param name="attempts">Tries so far, this one included: from 1.</param>
    /// <param name="dice">From 0 up to 1: spreads retries, so that waiting messages do not come back together.</param>
    public static SendVerdict After(CloudApiException failure, int attempts, double dice)
    {
        if (failure.Fate == SendFate.MaybeSent)
        {
            return new SendVerdict.Unknown();
        }

        return failure.Fault switch
        {
            CloudApiFault.Refused => AfterRefusal(failure, attempts, dice),
            CloudApiFault.Unreachable or CloudApiFault.ConnectionLost or CloudApiFault.TimedOut =>
                new SendVerdict.Again(Growing(attempts, dice), HoldReach.Number),
            _ => new SendVerdict.GiveUp(),
        };
    }

    private static SendVerdict AfterRefusal(CloudApiException failure, int attempts, double dice)
    {
        var error = failure.Error;
        var scope = ErrorBook.ScopeOf(error.Code);
        if (scope is ErrorScope.Account or ErrorScope.Number)
        {
            return new SendVerdict.Stop(scope, error.Code);
        }

        return error.Code switch
        {
            TemplateUnknown => new SendVerdict.SyncTemplates(),
            PairLimit => new SendVerdict.Again(AtLeast(failure, TimeSpan.FromSeconds(Math.Pow(4, Math.Clamp(attempts - 1, 0, 5)))), HoldReach.Message),
            131057 or 2494100 => new SendVerdict.Again(AtLeast(failure, Maintenance), HoldReach.Number),
            TemplateSyncing => new SendVerdict.Again(AtLeast(failure, TimeSpan.FromMinutes(10)), HoldReach.Message),
            4 or 613 or 80007 => new SendVerdict.Again(AtLeast(failure, Growing(attempts, dice)), HoldReach.Account),
            130429 => new SendVerdict.Again(AtLeast(failure, Growing(attempts, dice)), HoldReach.Number),
            _ when error.HttpStatus == 429 => new SendVerdict.Again(AtLeast(failure, Growing(attempts, dice)), HoldReach.Number),
            _ when ErrorBook.Find(error).Retry == ErrorRetry.Backoff =>
                new SendVerdict.Again(AtLeast(failure, Growing(attempts, dice)), HoldReach.Message),
            _ => new SendVerdict.GiveUp(),
        };
    }

    private static TimeSpan AtLeast(CloudApiException failure, TimeSpan wait) =>
        failure.RetryAfter is { } asked && asked > wait ? asked : wait;

    private static TimeSpan Growing(int attempts, double dice)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(attempts - 1, 0, 9)));
        return (wait < Longest ? wait : Longest) * (1 + dice / 2);
    }
}
