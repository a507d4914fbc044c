using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>The database goes away in the middle of the commit that marks a message as leaving: nobody is told whether it was stored.</summary>
public sealed partial class InDoubtTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_message_whose_mark_was_stored_unseen_is_sent_once(DatabaseProvider provider)
    {
        var commit = new LostCommit(isStored: true);
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: commit.AddTo);
        var (_, conversation) = await bench.CustomerAsync();

        commit.IsArmed = true;
        var message = await bench.QueueAsync(conversation, "Did it begin?");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal((true, 1), (commit.IsLost, await bench.AcceptedAsync(message)));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_message_whose_mark_was_not_stored_is_not_begun_anew_before_that_is_known(DatabaseProvider provider)
    {
        var commit = new LostCommit(isStored: false) { AwayAfterwards = 12 };
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock(), services: commit.AddTo);
        var (_, conversation) = await bench.CustomerAsync();

        commit.IsArmed = true;
        var message = await bench.QueueAsync(conversation, "It did not");

        await bench.UntilAsync(message, DeliveryStatus.Read);
        Assert.Equal((true, 0), (commit.IsLost, commit.AwayAfterwards));
        Assert.Equal(0, commit.BegunWhileAway);
        Assert.Equal((1, 1), (await bench.AcceptedAsync(message), (await bench.EntryAsync(message)).Attempts));
    }

    /// <summary>The first commit of marks ends as when the connection breaks, and for a while nothing can be written about them.</summary>
    private sealed partial class LostCommit(bool isStored) : DbTransactionInterceptor
    {
        private readonly FailingSql _statements = new();
        private DbTransaction? _marking;

        public bool IsArmed { get; set; }

        public bool IsLost { get; private set; }

        /// <summary>So many tries to write results fail after it.</summary>
        public int AwayAfterwards { get; set; }

        public int BegunWhileAway { get; private set; }

        public void AddTo(IServiceCollection services)
        {
            _statements.WithCommand = Look;
            _statements.AddTo(services);
            services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(this));
        }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            isStored || !IsMarking(transaction) ? new(result) : throw Away();

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            return IsMarking(transaction) ? throw Away() : Task.CompletedTask;
        }

        private static SqliteException Away() => new("unable to open database file", 14);

        private static bool IsMark(string text) =>
            text.StartsWith("UPDATE \"Outbox\"", StringComparison.Ordinal) && text.Contains("\"Attempts\" + 1", StringComparison.Ordinal);

        /// <summary>Before a result is written, it is read whose row it still is.</summary>
        [GeneratedRegex("""^SELECT \S*"Id", \S*"State", \S*"LeasedBy",""")]
        private static partial Regex Result { get; }

        private Exception? Look(DbCommand command)
        {
            if (IsMark(command.CommandText))
            {
                if (IsArmed && !IsLost)
                {
                    _marking = command.Transaction;
                }
                else if (IsLost && AwayAfterwards > 0)
                {
                    BegunWhileAway++;
                }
            }

            if (IsLost && AwayAfterwards > 0 && Result.IsMatch(command.CommandText))
            {
                AwayAfterwards--;
                return Away();
            }

            return null;
        }

        private bool IsMarking(DbTransaction transaction)
        {
            var found = ReferenceEquals(transaction, _marking);
            if (found)
            {
                (_marking, IsLost) = (null, true);
            }

            return found;
        }
    }
}
