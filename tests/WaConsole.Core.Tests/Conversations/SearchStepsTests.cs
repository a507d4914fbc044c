using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Tests.Conversations;

public sealed class SearchStepsTests
{
    private const int Read = 4_000;
    private static readonly IdRange TenMillion = new(0, 10_000_000);

    [Theory]
    [InlineData(new[] { 0 }, true)]
    [InlineData(new[] { 19 }, false)]
    [InlineData(new[] { 350 }, false)]
    [InlineData(new[] { 18, 20 }, true)]
    [InlineData(new[] { 54, 56, 55 }, true)]
    [InlineData(new[] { 246, 404, 348 }, false)]
    [InlineData(new[] { 480, 404, 499, 0 }, true)]
    public void What_is_met_soon_is_walked_and_what_is_rare_is_looked_up_once(int[] held, bool byIndex)
    {
        var step = Steps(held).Next(TenMillion, 0, patient: true);

        Assert.Equal(byIndex, step!.ByIndex);
        Assert.Equal(byIndex ? 0 : TenMillion.UpTo - SearchSteps.Stretch, step.After);
    }

    [Fact]
    public void The_index_is_asked_for_the_rare_words_and_a_walk_for_all()
    {
        Assert.Equal(["w3"], Steps([480, 404, 499, 0]).Next(TenMillion, 0, patient: true)!.Words);
        Assert.Equal(["w1", "w0"], Steps([20, 18, 400]).Next(TenMillion, 0, patient: true)!.Words);
        Assert.Equal(["w0", "w1", "w2"], Steps([246, 404, 348]).Next(TenMillion, 0, patient: true)!.Words);
    }

    [Fact]
    public void Once_patience_is_over_only_an_index_that_is_read_in_time_is_asked()
    {
        Assert.Null(Steps([246, 404, 348]).Next(TenMillion, 0, patient: false));
        Assert.True(Steps([19]).Next(TenMillion, 0, patient: false)!.ByIndex);
        Assert.Null(Steps([19]).Next(TenMillion, 1, patient: false));
    }

    [Fact]
    public void A_walk_ends_where_the_search_ends() =>
        Assert.Equal(100, Steps([350]).Next(new IdRange(100, 9_000), 0, patient: true)!.After);

    [Fact]
    public void An_index_that_brings_the_newest_first_is_never_walked_past() =>
        Assert.True(new SearchSteps(["w0"], [350], Read, readsFromNewest: true).Next(TenMillion, 0, patient: false)!.ByIndex);

    private static SearchSteps Steps(int[] held) => new([.. held.Select((_, at) => $"w{at}")], held, Read, readsFromNewest: false);
}
