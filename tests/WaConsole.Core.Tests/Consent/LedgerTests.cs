using WaConsole.Core.Consent;

namespace WaConsole.Core.Tests.Consent;

public sealed class LedgerTests
{
    private static readonly DateTime Noon = new(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Whatever_happens_somebody_who_said_stop_last_is_left_alone()
    {
        var random = new Random(7);
        for (var run = 0; run < 2_000; run++)
        {
            var lines = Any(random, random.Next(12));
            lines.Add(Line(99, ConsentAction.Withdrawn, Noon.AddDays(1), purpose: ConsentPurpose.All));

            Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, ConsentLedger.Stand(lines, purpose).What));
        }
    }

    [Fact]
    public void Marketing_is_agreed_to_only_after_a_grant_with_proof_that_no_stop_followed()
    {
        var random = new Random(11);
        for (var run = 0; run < 5_000; run++)
        {
            var lines = Any(random, random.Next(1, 12));
            var counted = lines.Where(line => line.Purpose is ConsentPurpose.Marketing or ConsentPurpose.All).ToList();
            var stop = counted.Where(line => line.Action is ConsentAction.Withdrawn or ConsentAction.Erased or ConsentAction.Expired)
                .Select(line => (DateTime?)line.AtUtc).Max();
            var grant = counted.Where(line => line is { Complete: true, Action: ConsentAction.Granted or ConsentAction.Renewed })
                .Select(line => (DateTime?)line.AtUtc).Max();

            var agreed = grant is { } at && (stop is null || at > stop);

            Assert.Equal(agreed, ConsentLedger.Stand(lines, ConsentPurpose.Marketing).What == Standing.OptedIn);
        }
    }

    [Fact]
    public void The_order_in_which_entries_are_learned_of_does_not_matter()
    {
        var random = new Random(13);
        for (var run = 0; run < 1_000; run++)
        {
            var lines = Any(random, random.Next(1, 10));
            var shuffled = lines.OrderBy(_ => random.Next()).ToList();

            Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(ConsentLedger.Stand(lines, purpose), ConsentLedger.Stand(shuffled, purpose)));
        }
    }

    [Fact]
    public void Of_two_people_who_are_one_the_stricter_wins_and_agreeing_anew_still_counts()
    {
        var random = new Random(17);
        for (var run = 0; run < 2_000; run++)
        {
            var (one, other) = (Any(random, random.Next(6)), Any(random, random.Next(6)));
            List<LedgerLine> all = [.. one, .. other];
            var carried = ConsentLedger.Carried(one, other)
                .Select((stop, at) => Line(500 + at, ConsentAction.Withdrawn, Noon.AddYears(1), purpose: stop.Purpose, source: ConsentSource.Merge));
            all.AddRange(carried.ToList());
            foreach (var purpose in ConsentLedger.Purposes)
            {
                if (ConsentLedger.Stand(one, purpose).What == Standing.OptedOut || ConsentLedger.Stand(other, purpose).What == Standing.OptedOut)
                {
                    Assert.Equal(Standing.OptedOut, ConsentLedger.Stand(all, purpose).What);
                }
            }

            all.Add(Line(900, ConsentAction.Granted, Noon.AddYears(2), complete: true));
            Assert.Equal(Standing.OptedIn, ConsentLedger.Stand(all, ConsentPurpose.Marketing).What);
        }
    }

    [Fact]
    public void Resuming_ends_the_stop_and_brings_no_old_consent_back()
    {
        List<LedgerLine> lines =
        [
            Line(1, ConsentAction.Granted, Noon, complete: true),
            Line(2, ConsentAction.Withdrawn, Noon.AddDays(1)),
            Line(3, ConsentAction.StopLifted, Noon.AddDays(2)),
        ];

        Assert.Equal(Standing.None, ConsentLedger.Stand(lines, ConsentPurpose.Marketing).What);
    }

    [Fact]
    public void An_opt_in_for_another_business_does_not_count_and_a_stop_counts_for_all()
    {
        var oak = Line(1, ConsentAction.Granted, Noon, complete: true) with { BusinessName = "Oak" };
        var elm = Line(2, ConsentAction.Granted, Noon.AddDays(1), complete: true) with { BusinessName = " ELM ", ExpiresAtUtc = Noon.AddDays(2) };
        var stop = Line(3, ConsentAction.Withdrawn, Noon.AddDays(3));

        Assert.Equal(1, ConsentLedger.StandFor([oak, elm], ConsentPurpose.Marketing, ["oak"]).EntryId);
        Assert.Equal(2, ConsentLedger.StandFor([oak, elm], ConsentPurpose.Marketing, ["oak", "Elm"]).EntryId);
        Assert.Equal(Standing.None, ConsentLedger.StandFor([oak, elm], ConsentPurpose.Marketing, ["Ash"]).What);
        Assert.Equal(Standing.OptedOut, ConsentLedger.StandFor([oak, elm, stop], ConsentPurpose.Marketing, ["oak"]).What);
    }

    [Fact]
    public void Proof_that_lacks_something_does_not_count_for_marketing_and_ends_no_stop()
    {
        var grant = Line(1, ConsentAction.Granted, Noon, purpose: ConsentPurpose.All);
        Assert.Equal(Standing.Incomplete, ConsentLedger.Stand([grant], ConsentPurpose.Marketing).What);
        Assert.Equal(Standing.OptedIn, ConsentLedger.Stand([grant], ConsentPurpose.Utility).What);

        var stopped = Line(2, ConsentAction.Withdrawn, Noon.AddDays(-1));
        Assert.Equal(Standing.OptedOut, ConsentLedger.Stand([stopped, grant], ConsentPurpose.Marketing).What);
    }

    [Fact]
    public void Consent_wears_out_and_can_then_be_asked_for_again()
    {
        var grant = Line(1, ConsentAction.Granted, Noon, complete: true) with { ExpiresAtUtc = Noon.AddDays(10) };
        var ask = Line(2, ConsentAction.Requested, Noon.AddDays(11));

        Assert.Equal(Standing.OptedIn, ConsentLedger.Stand([grant], ConsentPurpose.Marketing).At(Noon.AddDays(9)).What);
        Assert.Equal(Standing.Expired, ConsentLedger.Stand([grant], ConsentPurpose.Marketing).At(Noon.AddDays(10)).What);
        Assert.Equal(Standing.Pending, ConsentLedger.Stand([grant, ask], ConsentPurpose.Marketing).What);
    }

    [Fact]
    public void A_stop_told_by_a_clock_behind_ours_counts_from_when_it_was_learned_and_one_of_last_week_from_last_week()
    {
        var grant = Line(1, ConsentAction.Granted, Noon, complete: true);
        var behind = Line(2, ConsentAction.Withdrawn, Noon.AddMinutes(-2), source: ConsentSource.Keyword) with { RecordedAtUtc = Noon.AddMinutes(1) };
        var lastWeek = Line(3, ConsentAction.Withdrawn, Noon.AddDays(-7), source: ConsentSource.Agent) with { RecordedAtUtc = Noon.AddDays(1) };

        Assert.Equal(Standing.OptedOut, ConsentLedger.Stand([grant, behind], ConsentPurpose.Marketing).What);
        Assert.Equal(Standing.OptedIn, ConsentLedger.Stand([grant, lastWeek], ConsentPurpose.Marketing).What);
        Assert.Equal(behind.AtUtc, ConsentLedger.Stand([grant, behind], ConsentPurpose.Marketing).SinceUtc);
    }

    [Fact]
    public void Of_a_stop_and_a_start_that_are_both_learned_late_the_later_said_holds_and_no_other_stop_is_ended_by_it()
    {
        var grant = Line(1, ConsentAction.Granted, Noon.AddDays(-1), complete: true);
        var stop = Line(2, ConsentAction.Withdrawn, Noon, source: ConsentSource.Keyword) with { RecordedAtUtc = Noon.AddHours(1) };
        var start = Line(3, ConsentAction.StopLifted, Noon.AddMinutes(2), source: ConsentSource.Keyword) with { RecordedAtUtc = Noon.AddHours(1) };
        var agent = Line(4, ConsentAction.Withdrawn, Noon.AddMinutes(3), source: ConsentSource.Agent);

        Assert.Equal(Standing.None, ConsentLedger.Stand([grant, stop, start], ConsentPurpose.Marketing).What);
        Assert.Equal(Standing.OptedOut, ConsentLedger.Stand([grant, stop with { AtUtc = Noon.AddMinutes(4) }, start], ConsentPurpose.Marketing).What);
        Assert.Equal(Standing.OptedOut, ConsentLedger.Stand([grant, stop, start, agent], ConsentPurpose.Marketing).What);
    }

    private static List<LedgerLine> Any(Random random, int count) =>
    [
        .. Enumerable.Range(1, count).Select(id => Line(
            id,
            (ConsentAction)random.Next(1, 8),
            Noon.AddHours(random.Next(8)),
            (ConsentPurpose)(random.Next(5) is var purpose and > 0 ? purpose : 9),
            complete: random.Next(2) == 0)),
    ];

    [Fact]
    public void A_grant_without_proof_leaves_the_question_that_somebody_may_still_answer()
    {
        var key = Guid.CreateVersion7();
        List<LedgerLine> lines =
        [
            Line(1, ConsentAction.Requested, Noon) with { AskKey = key },
            Line(2, ConsentAction.Granted, Noon.AddMinutes(1)),
        ];

        Assert.Equal((Standing.Pending, key), (ConsentLedger.Stand(lines, ConsentPurpose.Marketing).What, ConsentLedger.Stand(lines, ConsentPurpose.Marketing).AskKey));
        lines.Add(Line(3, ConsentAction.Granted, Noon.AddMinutes(2), complete: true));
        Assert.Equal(Standing.OptedIn, ConsentLedger.Stand(lines, ConsentPurpose.Marketing).What);
    }

    private static LedgerLine Line(
        long id, ConsentAction action, DateTime at, ConsentPurpose purpose = ConsentPurpose.Marketing, bool complete = false,
        ConsentSource source = ConsentSource.Website) =>
        new(id, 1, purpose, action, source, at, at, null, complete, "DE", null);
}
