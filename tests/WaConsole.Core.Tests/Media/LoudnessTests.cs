using WaConsole.Core.Media;

namespace WaConsole.Core.Tests.Media;

public sealed class LoudnessTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(200 * 47, 47)]
    [InlineData(8000 * 5, 48)]
    [InlineData(8000 * 3600, 48)]
    public void However_long_a_sound_is_its_picture_has_few_bars(int samples, int bars)
    {
        var loudness = new Loudness();
        for (var at = 0; at < samples; at++)
        {
            loudness.Add((short)(at % 2 == 0 ? 1000 : -1000));
        }

        Assert.Equal(new string('f', bars), loudness.Read());
        Assert.Equal(samples, loudness.Samples);
    }

    [Fact]
    public void A_bar_is_as_high_as_its_part_was_loud()
    {
        var loudness = new Loudness();
        for (var at = 0; at < 48_000; at++)
        {
            loudness.Add((short)(at < 16_000 ? 0 : at < 32_000 ? 8_000 : short.MinValue));
        }

        Assert.Equal(new string('0', 16) + new string('4', 16) + new string('f', 16), loudness.Read());
    }

    [Fact]
    public void Silence_is_flat_and_nothing_is_nothing()
    {
        var silent = new Loudness();
        silent.Add(0);

        Assert.Equal("0", silent.Read());
        Assert.Equal("", new Loudness().Read());
    }
}
