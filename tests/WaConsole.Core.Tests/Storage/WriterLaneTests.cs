using Microsoft.Extensions.Options;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class WriterLaneTests
{
    private readonly WriterLane _lane = new(Options.Create(new DatabaseOptions { Provider = DatabaseProvider.Sqlite }));
    private readonly List<string> _served = [];

    [Fact]
    public async Task Who_came_first_is_served_first_and_a_hurry_goes_before()
    {
        var place = await _lane.EnterAsync(CancellationToken.None);
        Task[] all = [ServeAsync("batch"), ServeAsync("first"), ServeAsync("second"), ServeAsync("urgent")];

        place.Dispose();
        await Task.WhenAll(all);

        Assert.Equal(["urgent", "first", "second", "batch"], _served);
    }

    [Fact]
    public async Task A_batch_waits_for_so_many_turns_and_then_nobody_passes_it()
    {
        var place = await _lane.EnterAsync(CancellationToken.None);
        var batch = ServeAsync("batch");

        // Somebody in a hurry comes before each turn ends, for ever if it had to.
        while (!_served.Contains("batch"))
        {
            var next = _lane.EnterFirstAsync(CancellationToken.None).AsTask();
            place.Dispose();
            place = await next;
            _served.Add("urgent");
        }

        place.Dispose();
        await batch;
        Assert.Equal(WriterLane.Batch, _served.IndexOf("batch"));
    }

    [Fact]
    public async Task Who_gives_up_keeps_nobody_waiting()
    {
        using var patience = new CancellationTokenSource();
        var place = await _lane.EnterAsync(CancellationToken.None);
        var gone = _lane.EnterAsync(patience.Token).AsTask();
        var next = ServeAsync("next");

        await patience.CancelAsync();
        place.Dispose();
        await next;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        (await _lane.EnterAsync(CancellationToken.None)).Dispose();
    }

    private async Task ServeAsync(string who)
    {
        using var place = await (who switch
        {
            "batch" => _lane.EnterForBatchAsync(CancellationToken.None),
            "urgent" => _lane.EnterFirstAsync(CancellationToken.None),
            _ => _lane.EnterAsync(CancellationToken.None),
        });
        _served.Add(who);
    }
}
