using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WaConsole.Core.Sending;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Npgsql's provider hands over what will pass (a restart, a deadlock) inside an InvalidOperationException.</summary>
public sealed class StoreTroubleTests
{
    private static readonly InvalidOperationException Wrapped = new(
        "Likely due to a transient failure.", new DbUpdateException("", new PostgresException("deadlock", "ERROR", "ERROR", "40P01")));

    [Fact]
    public async Task An_answer_is_written_again_after_a_wrapped_deadlock()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var tries = 0;

        var insisting = Insist.OnAsync(() => ++tries < 3 ? Task.FromException(Wrapped) : Task.CompletedTask, clock);
        while (!insisting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await insisting;
        Assert.Equal(3, tries);
    }

    [Fact]
    public void A_message_is_to_blame_for_what_it_holds_and_not_for_the_database()
    {
        Assert.False(SendOne.CannotBeBuilt(Wrapped));
        Assert.True(SendOne.CannotBeBuilt(new InvalidOperationException("A reply of an unknown kind passed the gate.")));
        Assert.True(SendOne.CannotBeBuilt(new FormatException()));
    }
}
