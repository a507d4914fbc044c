using System.Net;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.ServerError, 500, 131000, 0)]
    [InlineData(FaultKind.Unavailable, 503, 131016, 0)]
    [InlineData(FaultKind.TooManyRequests, 429, 4, 0)]
    [InlineData(FaultKind.Throughput, 400, 130429, 0)]
    [InlineData(FaultKind.PairLimit, 400, 131056, 0)]
    [InlineData(FaultKind.TokenExpired, 401, 190, 0)]
    [InlineData(FaultKind.ServerErrorAfterAccepting, 500, 131000, 1)]
    [InlineData(FaultKind.UnavailableAfterAccepting, 503, 131016, 1)]
    public async Task A_fault_for_the_next_send_strikes_once(FaultKind kind, int status, int code, int sent)
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await bench.PostAsync("/control/faults", new { kind = char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..], next = 1 });

        var answer = await bench.SendTextAsync(bench.Amina.Phone, "Hi", "job:1");

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Equal(sent, bench.World.Ledger.Count);
        Assert.Equal(1, bench.World.Faults.Struck[kind]);
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "Hi again")).Code);
        await bench.Receiver.UntilAsync(all => all.Count(r => r.StatusWord == "read") == sent + 1);
    }

    [Fact]
    public async Task A_send_can_go_out_without_ever_being_answered()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.World.Faults.Set(new Fault { Kind = FaultKind.TimeoutAfterAccepting, Next = 1, Milliseconds = 50 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => bench.SendTextAsync(bench.Amina.Phone, "Hi", "job:1"));

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.Equal("job:1", all[^1].Status!.Value.GetProperty("biz_opaque_callback_data").GetString());
        Assert.Single(bench.World.Ledger);
    }

    [Fact]
    public async Task A_status_can_arrive_before_the_answer_of_its_own_send()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.World.Faults.Set(new Fault { Kind = FaultKind.StatusBeforeAnswer, Next = 1 });

        var answer = await bench.SendTextAsync(bench.Amina.Phone, "Hi");

        var status = Assert.Single(bench.Receiver.All, r => r.StatusWord == "sent");
        Assert.Equal(answer.Wamid, status.Status!.Value.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_send_can_fail_later_with_any_code()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.World.Faults.Set(new Fault { Kind = FaultKind.FailedStatus, Next = 1, Code = 131049 });

        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "Hi")).Code);

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "failed"));
        Assert.Equal(131049, all[^1].Status!.Value.GetProperty("errors")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_template_can_be_held_until_WhatsApp_lets_it_go()
    {
        await using var bench = await Bench.StartAsync();
        bench.World.Faults.Set(new Fault { Kind = FaultKind.HeldForQuality });

        var answer = await bench.SendRawAsync("""{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"how_were_we","language":{"code":"en"}}}""");

        Assert.Equal("held_for_quality_assessment", answer.Body.GetProperty("messages")[0].GetProperty("message_status").GetString());
        Assert.Equal(ReceiptState.Accepted, Assert.Single(bench.World.Ledger).State);
        using var cleared = await bench.Http.DeleteAsync("/control/faults", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
    }

    [Fact]
    public async Task A_slow_answer_comes_when_its_time_has_come()
    {
        var time = new FakeTimeProvider();
        await using var bench = await Bench.StartAsync(time: time);
        bench.Says(bench.Amina, "Hello");
        bench.World.Faults.Set(new Fault { Kind = FaultKind.Slow, Next = 1, Milliseconds = 4000 });
        TaskCompletionSource struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.World.Faults.Changed += (_, _) => struck.TrySetResult();
        var sending = bench.SendTextAsync(bench.Amina.Phone, "Hi");
        await struck.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(bench.World.Ledger);

        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(4));
            await Task.Yield();
        }

        Assert.Null((await sending).Code);
    }

    [Fact]
    public void The_same_seed_gives_the_same_faults()
    {
        var strikes = Enumerable.Range(0, 3).Select(run =>
        {
            var board = new FaultBoard(run == 2 ? 8 : 7);
            board.Set(new Fault { Kind = FaultKind.ServerError, Rate = 0.3 });
            return string.Concat(Enumerable.Range(0, 200).Select(_ => board.Take(FaultKind.ServerError) is null ? '.' : 'x'));
        }).ToList();

        Assert.Equal(strikes[0], strikes[1]);
        Assert.NotEqual(strikes[0], strikes[2]);
        Assert.InRange(strikes[0].Count(c => c == 'x'), 35, 85);
    }

    [Fact]
    public async Task A_fault_for_one_number_leaves_the_other_alone()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.Says(bench.Amina, "Hello", Bench.Vienna);
        bench.World.Faults.Set(new Fault { Kind = FaultKind.ServerError, NumberId = Bench.Vienna });

        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "Hi")).Code);
        Assert.Equal(131000, (await bench.SendRawAsync(
            """{"messaging_product":"whatsapp","to":"+491713920001","type":"text","text":{"body":"Hi"}}""", Bench.Vienna)).Code);
    }
}
