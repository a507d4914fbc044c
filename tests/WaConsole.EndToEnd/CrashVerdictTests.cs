using WaConsole.Core.Conversations;
using WaConsole.EndToEnd.Fixtures;
using WaConsole.Testing;

namespace WaConsole.EndToEnd;

/// <summary>Made-up records, each with one thing wrong: every check of the verdict can fail.</summary>
public sealed class CrashVerdictTests
{
    private static readonly CrashRecord Right = new()
    {
        Acknowledged = ["wamid.1", "wamid.5"],
        Told = [new("wamid.2", "sent"), new("wamid.2", "delivered"), new("wamid.2", "read")],
        Promised = ["Two", "Three", "Four"],
        Received = ["key-2"],
        Silences = 1,
        Leaving = ["key-3", "key-4"],
        Stored =
        [
            new("wamid.1", null, MessageDirection.Inbound, DeliveryStatus.None, "Hello"),
            new("wamid.5", null, MessageDirection.Inbound, DeliveryStatus.None, "Are you open?"),
            new("wamid.2", "key-2", MessageDirection.Outbound, DeliveryStatus.Read, "Two"),
            new(null, "key-3", MessageDirection.Outbound, DeliveryStatus.Unknown, "Three"),
            new(null, "key-4", MessageDirection.Outbound, DeliveryStatus.Failed, "Four"),
        ],
        StoredStatuses = [new("wamid.2", "sent"), new("wamid.2", "delivered"), new("wamid.2", "read")],
    };

    public static TheoryData<string> Faults { get; } = [.. Wrong.Keys];

    public static TheoryData<string> Lacking { get; } = [.. Lacks.Keys];

    private static Dictionary<string, CrashRecord> Wrong => new(StringComparer.Ordinal)
    {
        ["lost: wamid.lost got its 200"] = Right with { Acknowledged = [.. Right.Acknowledged, "wamid.lost"] },
        ["lost: read of wamid.2 got its 200"] = Right with { StoredStatuses = [.. Right.StoredStatuses.Take(2)] },
        ["twice: read of wamid.2 is stored 2 times"] = Right with { StoredStatuses = [.. Right.StoredStatuses, new("wamid.2", "read")] },
        ["lost: \"Six\" was promised"] = Right with { Promised = [.. Right.Promised, "Six"] },
        ["twice: key-2 was received 2 times"] = Right with { Received = ["key-2", "key-2"] },
        ["lost: key-6 was received"] = Right with { Received = ["key-2", "key-6"] },
        ["untrue: key-3 shows Unknown, received True"] = Right with { Received = ["key-2", "key-3"] },
        ["untrue: key-4 shows Failed, received True"] = Right with { Received = ["key-2", "key-4"] },
        ["untrue: key-2 shows Read, received False"] = Right with { Received = [] },
        ["twice: wamid.1 is stored 2 times"] = Right with { Stored = [.. Right.Stored, Right.Stored[0]] },
        ["untrue: key-6 shows Queued"] = Right with
        {
            Stored = [.. Right.Stored, Right.Stored[3] with { ClientKey = "key-6", Status = DeliveryStatus.Queued }],
        },
        ["not sent: key-3 shows Unknown"] = Right with { Leaving = ["key-4"] },
        ["not sent: key-4 shows Failed"] = Right with { Leaving = ["key-3"] },
    };

    private static Dictionary<string, CrashRecord> Lacks => new(StringComparer.Ordinal)
    {
        ["no send was promised"] = Right with { Promised = [] },
        ["the simulator received nothing"] = Right with { Received = [] },
        ["the simulator answered each message it took"] = Right with { Silences = 0 },
        ["nothing was on its way at any kill"] = Right with { Leaving = [] },
        ["no message got its 200"] = Right with { Acknowledged = [] },
        ["no status got its 200"] = Right with { Told = [] },
    };

    [Fact]
    public void A_record_in_which_all_is_right_is_right()
    {
        Assert.Empty(CrashVerdict.Of(Right));
        Assert.Empty(CrashVerdict.Lacks(Right));
    }

    [Theory, MemberData(nameof(Faults))]
    public void Each_way_to_be_wrong_is_said(string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(CrashVerdict.Of(Wrong[sentence])), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Lacking))]
    public void A_run_that_proves_nothing_is_none(string sentence) => Assert.Equal(sentence, Assert.Single(CrashVerdict.Lacks(Lacks[sentence])));

    /// <summary>A console that sends nothing, and shows that it does not know: nothing is untrue, and nothing was shown.</summary>
    [Fact]
    public void A_console_that_sends_nothing_does_not_pass()
    {
        var silent = Right with
        {
            Told = [],
            Received = [],
            Silences = 0,
            Leaving = [],
            Stored = [.. Right.Stored.Select(message => message.ClientKey is null ? message : message with { Wamid = null, Status = DeliveryStatus.Unknown })],
            StoredStatuses = [],
        };

        Assert.Equal(3, CrashVerdict.Of(silent).Count(sentence => sentence.StartsWith("not sent", StringComparison.Ordinal)));
        Assert.Contains("the simulator received nothing", CrashVerdict.Lacks(silent));
    }
}
