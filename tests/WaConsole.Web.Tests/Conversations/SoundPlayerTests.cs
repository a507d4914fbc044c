using System.Text.RegularExpressions;
using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Conversations.Bubbles;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class SoundPlayerTests : InboxTest
{
    private static readonly MediaView Ogg =
        new(1, Guid.CreateVersion7(), MediaState.Ready, "audio/ogg", 1000, "voice.ogg", null, null, null);

    [Fact]
    public void A_sound_has_its_copy_for_other_browsers_beside_it_once_there_is_one()
    {
        var player = Render<SoundPlayer>(parameters => parameters.Add(p => p.Media, Ogg).Add(p => p.Label, "Voice message"));

        Assert.Equal([$"/media/{Ogg.Key}"], player.FindAll("source").Select(source => source.GetAttribute("src")));
        Assert.Equal("metadata", player.Find("audio").GetAttribute("preload"));

        player.Render(parameters => parameters.Add(p => p.Media, Ogg with { Sound = new SoundView("0f", 75_400, HasCopy: true) }));

        player.WaitForAssertion(() => Assert.Equal(
            [("audio/ogg", $"/media/{Ogg.Key}"), ("audio/mp4", $"/media/{Ogg.Key}/playable")],
            player.FindAll("source").Select(source => (source.GetAttribute("type")!, source.GetAttribute("src")!))));
        Assert.Equal("none", player.Find("audio").GetAttribute("preload"));
        Assert.Equal("1:15", player.Find("[data-time]").TextContent);
    }

    [Fact]
    public void The_waveform_is_as_high_as_the_sound_is_loud()
    {
        var heights = Regex.Matches(Waveform.PathOf("07f"), @"v([\d.]+)", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(3, heights.Count);
        Assert.Equal(heights.Order(), heights);
        Assert.InRange(heights[2], heights[1] * 1.5, Waveform.Height);
        Assert.Equal(3 * Waveform.Step, Waveform.WidthOf("07f"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz;")]
    public void What_was_never_measured_is_a_quiet_line(string? peaks)
    {
        Assert.All(
            Regex.Matches(Waveform.PathOf(peaks), @"v([\d.]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Groups[1].Value),
            height => Assert.Equal("2", height));
        Assert.True(Waveform.WidthOf(peaks) > 0);
    }
}
