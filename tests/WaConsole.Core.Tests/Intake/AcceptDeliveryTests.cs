using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Intake;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class AcceptDeliveryTests
{
    private static readonly byte[] Hello = Hooks.Messages(Hooks.Text("wamid.1", "Hello"));

    [Theory]
    [EveryDatabase]
    public async Task A_signed_body_is_on_disk_byte_by_byte_when_it_is_accepted(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);

        var outcome = await bench.AcceptAsync(Hello);

        Assert.Equal(AcceptOutcome.Stored, outcome);
        Assert.Equal(Hello, await bench.Core.WithDbAsync(db => db.Deliveries.Select(d => d.Body).SingleAsync()));
        Assert.Equal(1, (await bench.CountAsync()).Pending);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Nothing_is_kept_without_a_right_signature(string? signature)
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        var outcome = await bench.Core.Get<AcceptDelivery>().RunAsync(Hello, signature, CancellationToken.None);

        Assert.Equal(AcceptOutcome.BadSignature, outcome);
        Assert.Equal(0, (await bench.CountAsync()).Received);
    }

    [Fact]
    public async Task With_no_account_connected_no_signature_is_right()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { GraphBaseAddress = null });

        Assert.Equal(AcceptOutcome.BadSignature, await bench.AcceptAsync(Hello));
    }

    [Theory]
    [EveryDatabase]
    public async Task Many_at_once_are_all_on_disk_with_far_fewer_commits(DatabaseProvider provider)
    {
        const int Requests = 400;
        await using var bench = await IntakeBench.StartAsync(provider);
        var bodies = Enumerable.Range(0, Requests).Select(n => Hooks.Messages(Hooks.Text($"wamid.{n}", "Hello"))).ToList();

        List<Task<AcceptOutcome>> waiting = [];
        await bench.Core.WithDbAsync(async db =>
        {
            // A disk that is busy while they come. Known accounts are looked up without waiting: each is in line when its call returns.
            Assert.NotEmpty(await bench.Core.Get<AccountDirectory>().AccountsAsync(CancellationToken.None));
            using var busy = await bench.Core.Get<WriterLane>().EnterAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (provider == DatabaseProvider.Postgres)
            {
                await db.Database.ExecuteSqlRawAsync("""LOCK TABLE "Deliveries" IN EXCLUSIVE MODE""");
            }

            waiting.AddRange(bodies.Select(bench.AcceptAsync));
        });
        var outcomes = await Task.WhenAll(waiting);

        Assert.All(outcomes, outcome => Assert.Equal(AcceptOutcome.Stored, outcome));
        Assert.Equal(Requests, await bench.Core.WithDbAsync(db => db.Deliveries.CountAsync()));
        Assert.InRange(bench.Core.Get<DeliveryCommit>().Commits, 1, 5);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_store_that_fails_says_so_and_works_again_without_a_restart(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hello));

        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Deliveries" RENAME TO "Away" """));
        Assert.Equal(AcceptOutcome.StoreUnavailable, await bench.AcceptAsync(Hello));
        await bench.Core.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Away" RENAME TO "Deliveries" """));

        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hello));
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.Deliveries.CountAsync()));
    }

    [Fact]
    public async Task A_store_that_hangs_is_not_waited_for_longer_than_agreed()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions
        {
            Settings = new Dictionary<string, string?> { ["Intake:AcceptTimeoutSeconds"] = "0.2" },
        });
        await bench.Core.WithDbAsync(async db =>
        {
            await using var writer = await db.Database.BeginTransactionAsync();
            Assert.Equal(AcceptOutcome.StoreUnavailable, await bench.AcceptAsync(Hello));
        });

        await Until.TrueAsync(async () => await bench.AcceptAsync(Hello) == AcceptOutcome.Stored, "the store to be used again");
    }

    [Fact]
    public async Task More_than_fits_into_memory_is_asked_to_come_again_at_once()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hello));
        List<Task<AcceptOutcome>> waiting = [];
        await bench.Core.WithDbAsync(async db =>
        {
            await using var writer = await db.Database.BeginTransactionAsync();
            for (var number = 0; number < 3_000; number++)
            {
                waiting.Add(bench.AcceptAsync(Hello));
            }

            await Until.TrueAsync(() => waiting.Exists(accepting => accepting.IsCompleted), "a refusal while the others still wait");
            Assert.Contains(waiting, accepting => !accepting.IsCompleted);
            var refused = await Task.WhenAll(waiting.Where(accepting => accepting.IsCompleted));
            Assert.All(refused, outcome => Assert.Equal(AcceptOutcome.StoreUnavailable, outcome));
        });

        var outcomes = await Task.WhenAll(waiting);
        var stored = outcomes.Count(outcome => outcome == AcceptOutcome.Stored);
        Assert.InRange(stored, 1, 2_500);
        Assert.Equal(stored + 1, (await bench.CountAsync()).Received);
    }

    [Theory]
    [EveryDatabase]
    public async Task A_body_holds_its_memory_until_its_commit_is_done_and_a_refused_one_no_longer(DatabaseProvider provider)
    {
        var commit = new HeldCommit();
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions
        {
            Services = services => services.ConfigureDbContext<WaConsoleDb>(options => options.AddInterceptors(commit)),
        });
        var memory = bench.Core.Get<IntakeMemory>();
        Assert.Equal(AcceptOutcome.BadSignature, await bench.Core.Get<AcceptDelivery>().RunAsync(Hello, "sha256=", CancellationToken.None));
        Assert.Equal(0, memory.Held);

        commit.Hold();
        var accepting = bench.AcceptAsync(Hello);
        await commit.Reached;
        Assert.Equal(Hello.Length, memory.Held);
        commit.Release();

        Assert.Equal(AcceptOutcome.Stored, await accepting);
        Assert.Equal(0, memory.Held);
        Assert.True(memory.TryTake(IntakeMemory.MostBytes));
        Assert.Equal(AcceptOutcome.StoreUnavailable, await bench.AcceptAsync(Hello));
        memory.Give(IntakeMemory.MostBytes);
        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hello));
    }

    [Fact]
    public async Task A_caller_that_goes_away_leaves_the_count_right()
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);
        using var gone = new CancellationTokenSource();
        var accepting = bench.Core.Get<AcceptDelivery>().RunAsync(Hello, TestAccount.Sign(Hello), gone.Token);
        await gone.CancelAsync();
        await accepting.ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Hello));
        await bench.WorkOffAsync();

        var intake = await bench.CountAsync();
        Assert.Equal(1, intake.Stored);
        Assert.Equal(intake.Received - 1, intake.Duplicates);
    }

    [Theory]
    [InlineData("subscribe", TestAccount.VerifyToken, "1158201444")]
    [InlineData("subscribe", "guess", null)]
    [InlineData("unsubscribe", TestAccount.VerifyToken, null)]
    [InlineData(null, null, null)]
    public async Task The_challenge_comes_back_only_for_a_verify_token_of_ours(string? mode, string? token, string? answer)
    {
        await using var bench = await IntakeBench.StartAsync(DatabaseProvider.Sqlite);

        Assert.Equal(answer, await bench.Core.Get<AnswerHandshake>().RunAsync(mode, token, "1158201444", CancellationToken.None));
    }

    /// <summary>Holds a transaction where it would commit.</summary>
    private sealed class HeldCommit : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _holds;

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

        public void Hold() => _holds = true;

        public void Release() => _released.TrySetResult();

        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (_holds)
            {
                _reached.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }

            return result;
        }
    }
}
