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
}
