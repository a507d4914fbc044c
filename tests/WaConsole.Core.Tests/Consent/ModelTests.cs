using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Consent;

/// <summary>The ledger against a plain model of it: what is said is kept in a few flags, one event after the other.</summary>
public sealed class ModelTests
{
    private static readonly DateTime Noon = new(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);

    private static readonly ConsentSource[] Sources =
        [ConsentSource.Website, ConsentSource.Agent, ConsentSource.Keyword, ConsentSource.WhatsAppPreference, ConsentSource.Import];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Whatever_is_said_about_whatever_purpose_however_late_it_is_learned_the_ledger_says_what_a_plain_model_says()
    {
        var random = new Random(20261127);
        for (var run = 0; run < 20_000; run++)
        {
            var lines = Enumerable.Range(1, random.Next(10)).Select(id => Any(random, id)).OrderBy(_ => random.Next()).ToList();
            var at = Noon.AddMinutes(random.Next(600));

            foreach (var purpose in ConsentLedger.Purposes)
            {
                var (says, should) = (ConsentLedger.Stand(lines, purpose).At(at).What, PlainModel.Stand(lines, purpose, at));
                Assert.True(says == should, $"Run {run}, {purpose} at {at:HH:mm}: {says}, and the model says {should}.\n{string.Join('\n', lines.OrderBy(line => line.AtUtc))}");
            }
        }
    }

    /// <summary>Three people by the verbs that write, with merges, merges taken back, and erasures after which somebody with the number is there again.</summary>
    [Theory, EveryDatabase]
    public async Task People_who_are_merged_parted_and_erased_stand_where_a_plain_model_of_them_says(DatabaseProvider provider)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var clock = new FakeTimeProvider(new DateTimeOffset(Noon));
            await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
            var world = new World(core, clock, new Random(seed));
            await world.BeginAsync();
            for (var step = 0; step < 22; step++)
            {
                var did = await world.StepAsync();
                await world.CompareAsync($"seed {seed}, step {step}, {did}");
            }

            await core.Get<LinkEntries>().RunAsync(Token);
            var verdict = await core.Get<VerifyConsent>().RunAsync(Token);
            Assert.True(verdict.IsWhole, string.Join(", ", verdict.Found));
        }
    }

    private static LedgerLine Any(Random random, int id)
    {
        var at = Noon.AddMinutes(random.Next(240));
        DateTime? expires = random.Next(3) == 0 ? at.AddMinutes(random.Next(1, 240)) : null;
        var action = (ConsentAction)random.Next(1, 9);
        return new LedgerLine(
            id, random.Next(1, 4), (ConsentPurpose)(random.Next(5) is var purpose and > 0 ? purpose : 9), action,
            action == ConsentAction.Expired && random.Next(2) == 0 ? ConsentSource.NumberPassed : Sources[random.Next(Sources.Length)], at, at.AddMinutes(random.Next(4) switch { 0 => 0, 1 => 2, 2 => 4, _ => random.Next(600) }), expires,
            random.Next(2) == 0, "DE", null)
        {
            AnswersEntryId = action == ConsentAction.Restored ? random.Next(10) : null,
        };
    }

    /// <summary>One purpose of one person, event by event.</summary>
    private sealed class PlainModel
    {
        private readonly bool _isMarketing;
        private bool _stopped;
        private bool _ended;
        private (DateTime? Until, bool Proven)? _yes;
        private (DateTime? Until, bool _)? _asked;

        private PlainModel(bool isMarketing) => _isMarketing = isMarketing;

        public static Standing Stand(IEnumerable<LedgerLine> all, ConsentPurpose purpose, DateTime at)
        {
            var undone = all.Where(line => line.Action == ConsentAction.Restored).Select(line => line.AnswersEntryId).ToList();
            var lines = all.Where(line => line.Purpose == purpose || line.Purpose == ConsentPurpose.All).ToList();
            lines.RemoveAll(line => line.Action == ConsentAction.Restored
                || (line.Action == ConsentAction.Expired && line.Source == ConsentSource.NumberPassed && undone.Contains(line.EntryId)));
            var model = new PlainModel(purpose == ConsentPurpose.Marketing);
            foreach (var line in lines.OrderBy(Counts).ThenBy(Order).ThenBy(line => line.EntryId))
            {
                model.Expire(Counts(line));
                model.Hear(line, takenBack: IsWhatsApp(line) && lines.Exists(lift =>
                    lift.Action == ConsentAction.StopLifted && IsWhatsApp(lift) && lift.AtUtc > line.AtUtc && lift.AtUtc <= Counts(line)));
            }

            model.Expire(at);
            return model switch
            {
                { _stopped: true } => Standing.OptedOut,
                { _yes: not null } => model.Agrees ? Standing.OptedIn : Standing.Incomplete,
                { _asked: not null } => Standing.Pending,
                { _ended: true } => Standing.Expired,
                _ => Standing.None,
            };
        }

        private bool Agrees => _yes is { } yes && (yes.Proven || !_isMarketing);

        private void Hear(LedgerLine line, bool takenBack)
        {
            switch (line.Action)
            {
                case ConsentAction.Granted or ConsentAction.Renewed:
                    if (line.Complete || (!_stopped && _yes is not { Proven: true } && !(_isMarketing && _asked is not null)))
                    {
                        Forget();
                        _yes = (line.ExpiresAtUtc, line.Complete);
                    }

                    break;
                case ConsentAction.Withdrawn when !_stopped:
                    Forget();
                    _stopped = !takenBack;
                    break;
                case ConsentAction.Erased:
                    Forget();
                    _stopped = true;
                    break;
                case ConsentAction.StopLifted when _stopped:
                    Forget();
                    break;
                case ConsentAction.Requested when !_stopped && !Agrees:
                    Forget();
                    _asked = (line.ExpiresAtUtc, true);
                    break;
                case ConsentAction.Expired when _yes is not null || _asked is not null:
                    Forget();
                    _ended = true;
                    break;
            }
        }

        private void Expire(DateTime now)
        {
            if (_yes?.Until <= now || _asked?.Until <= now)
            {
                Forget();
                _ended = true;
            }
        }

        private void Forget() => (_stopped, _ended, _yes, _asked) = (false, false, null, null);

        private static bool IsWhatsApp(LedgerLine line) => line.Source is ConsentSource.Keyword or ConsentSource.WhatsAppPreference;

        /// <summary>A stop from when it was learned, if that was within five minutes; anything else from when it happened.</summary>
        private static DateTime Counts(LedgerLine line) => line.Action != ConsentAction.Withdrawn || line.RecordedAtUtc <= line.AtUtc ? line.AtUtc
            : line.RecordedAtUtc - line.AtUtc < TimeSpan.FromMinutes(5) ? line.RecordedAtUtc : line.AtUtc.AddMinutes(5);

        private static int Order(LedgerLine line) => Array.IndexOf(
            [ConsentAction.StopLifted, ConsentAction.Requested, ConsentAction.Granted, ConsentAction.Expired, ConsentAction.Withdrawn, ConsentAction.Erased],
            line.Action == ConsentAction.Renewed ? ConsentAction.Granted : line.Action);
    }

    private sealed class World(CoreHost core, FakeTimeProvider clock, Random random)
    {
        /// <summary>Who is there, with what each said or had said for them, in order.</summary>
        private readonly Dictionary<long, List<LedgerLine>> _people = [];
        private readonly HashSet<string> _wantNothing = [];
        private readonly List<(long MergeId, long Stays, long Goes, int Said)> _merges = [];
        private int _lines;

        private DateTime Now => clock.GetUtcNow().UtcDateTime;

        public async Task BeginAsync()
        {
            for (var person = 0; person < 4; person++)
            {
                _people[await ContactAsync($"49170555000{person}")] = [];
            }
        }

        public async Task<string> StepAsync()
        {
            clock.Advance(TimeSpan.FromMinutes(7));
            return random.Next(12) switch
            {
                0 or 1 when Alone.Count > 1 => await MergeAsync(),
                2 when _merges.Count > 0 => await PartAsync(),
                3 when Alone.Count > 2 => await EraseAsync(),
                _ => await SayAsync(),
            };
        }

        public async Task CompareAsync(string when)
        {
            await using var db = await core.Get<Store>().OpenAsync(Token);
            var stands = await ReadStandings.OfAsync(db, Alone, Now, Token);
            foreach (var person in Alone)
            {
                foreach (var purpose in ConsentLedger.Purposes)
                {
                    var (says, should) = (stands[person].Of(purpose).What, PlainModel.Stand(Said(person), purpose, Now));
                    Assert.True(says == should, $"{when}: {person} stands with {purpose} at {says}, and the model says {should}.\n{string.Join('\n', Said(person))}");
                }
            }
        }

        /// <summary>Those that were not merged into another.</summary>
        private IReadOnlyList<long> Alone => [.. _people.Keys.Where(person => _merges.TrueForAll(merge => merge.Goes != person))];

        private IEnumerable<LedgerLine> Said(long person) =>
            [.. _people[person], .. _merges.Where(merge => merge.Stays == person).SelectMany(merge => Said(merge.Goes))];

        private async Task<string> SayAsync()
        {
            var person = Pick(Alone);
            var purpose = (ConsentPurpose)(random.Next(5) is var any and > 0 ? any : 9);
            var (action, complete) = random.Next(7) switch
            {
                0 or 1 => (ConsentAction.Withdrawn, false),
                2 => (ConsentAction.StopLifted, false),
                3 => (ConsentAction.Granted, false),
                _ => (ConsentAction.Granted, true),
            };
            var expires = action == ConsentAction.Granted && random.Next(3) == 0 ? Now.AddMinutes(random.Next(10, 60)) : Now.AddYears(1);
            await SeedOptIn.KeepAsync(core, person, new NewConsent(purpose, action, ConsentSource.Agent, Now)
            {
                BusinessName = "Alder & Oak",
                Wording = complete ? new ShownWording(null, null, "en", "0", HasAllParts: true) : null,
                Basis = LawfulBasis.Consent,
                Jurisdiction = "DE",
                ExpiresAtUtc = action == ConsentAction.Granted ? expires : null,
                Evidence = new ConsentEvidence { Note = "Till" },
            });
            Add(person, purpose, action, ConsentSource.Agent, action == ConsentAction.Granted ? expires : null, complete);
            return $"{person} says {action} {purpose}";
        }

        private async Task<string> MergeAsync()
        {
            var stays = Pick(Alone);
            var goes = Pick([.. Alone.Where(person => person != stays)]);
            foreach (var purpose in ConsentLedger.Purposes)
            {
                var stopper = new[] { stays, goes }.Where(person => PlainModel.Stand(Said(person), purpose, Now) == Standing.OptedOut).Cast<long?>().FirstOrDefault();
                if (stopper is { } who && PlainModel.Stand([.. Said(stays), .. Said(goes)], purpose, Now) != Standing.OptedOut)
                {
                    Add(who, purpose, ConsentAction.Withdrawn, ConsentSource.Merge);
                }
            }

            var merged = Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, stays, goes, Token));
            _merges.Add((merged.MergeId, stays, goes, _people[stays].Count));
            return $"{goes} becomes {stays}";
        }

        /// <summary>The last one: what was said since is the one's who stayed, and its stops are both's.</summary>
        private async Task<string> PartAsync()
        {
            var (mergeId, stays, goes, said) = _merges[^1];
            Assert.IsType<UndoMergeOutcome.Undone>(await core.Get<UndoMerge>().RunAsync(Caller.System, mergeId, Token));
            _merges.RemoveAt(_merges.Count - 1);
            foreach (var purpose in _people[stays].Skip(said)
                .Where(line => line is { Action: ConsentAction.Withdrawn, Source: not ConsentSource.Merge }).Select(line => line.Purpose).Distinct().ToList())
            {
                Add(goes, purpose, ConsentAction.Withdrawn, ConsentSource.Merge);
            }

            return $"{goes} is no longer {stays}";
        }

        /// <summary>With everybody merged into them. Somebody with the number is there again, and says something.</summary>
        private async Task<string> EraseAsync()
        {
            var person = Pick([.. Alone.Where(one => _merges.TrueForAll(merge => merge.Stays != one))]);
            var phone = await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == person).Select(c => c.Phone).SingleAsync(Token));
            if (ConsentLedger.Purposes.Any(one => one != ConsentPurpose.Marketing && PlainModel.Stand(Said(person), one, Now) == Standing.OptedOut))
            {
                _wantNothing.Add(phone!);
            }

            Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, "Amina Duarte", Token));
            _people.Remove(person);
            var again = await ContactAsync(phone!);
            _people[again] = [];
            Add(again, _wantNothing.Contains(phone!) ? ConsentPurpose.All : ConsentPurpose.Marketing, ConsentAction.Erased, ConsentSource.Erasure);
            clock.Advance(TimeSpan.FromMinutes(7));
            await SeedOptIn.KeepAsync(core, again, new NewConsent(ConsentPurpose.Calls, ConsentAction.Granted, ConsentSource.Agent, Now));
            Add(again, ConsentPurpose.Calls, ConsentAction.Granted, ConsentSource.Agent, complete: false);
            return $"{person} is erased and there again as {again}";
        }

        private void Add(long person, ConsentPurpose purpose, ConsentAction action, ConsentSource source, DateTime? expires = null, bool complete = false) =>
            _people[person].Add(new LedgerLine(++_lines, person, purpose, action, source, Now, Now, expires, complete, null, null));

        private long Pick(IReadOnlyList<long> people) => people[random.Next(people.Count)];

        private async Task<long> ContactAsync(string phone)
        {
            var id = await new SeedConversation { NumberId = core.NumberId, Phone = phone, IsKnownByPhone = true }.WriteAsync(core.Get<Store>());
            return await core.WithDbAsync(db => db.Conversations.Where(c => c.Id == id).Select(c => c.ContactId).SingleAsync(Token));
        }
    }
}
