using WaConsole.Core.Hours;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Hours;

public sealed class OpeningHoursTests
{
    private static readonly Caller Admin = new(1, "Ada", Role.Admin, null);

    private static readonly OpeningHours Berlin = new(
        "Europe/Berlin",
        [new(DayOfWeek.Monday, 9 * 60, 12 * 60), new(DayOfWeek.Monday, 13 * 60, 17 * 60), new(DayOfWeek.Saturday, 22 * 60, OpenSpan.DayLength), new(DayOfWeek.Sunday, 0, 3 * 60)],
        [new DateOnly(2026, 11, 30)]);

    [Theory]
    [InlineData("2026-11-23T08:00", true)]
    [InlineData("2026-11-23T07:59", false)]
    [InlineData("2026-11-23T11:00", false)]
    [InlineData("2026-11-23T12:00", true)]
    [InlineData("2026-11-23T16:00", false)]
    [InlineData("2026-11-24T10:00", false)]
    [InlineData("2026-11-28T22:59", true)]
    [InlineData("2026-11-28T23:30", true)]
    [InlineData("2026-11-30T10:00", false)]
    [InlineData("2026-07-06T07:00", true)]
    public void Hours_are_read_on_the_clock_of_their_zone(string utc, bool open) => Assert.Equal(open, Berlin.IsOpenAt(At(utc)));

    [Theory]
    [InlineData("2026-11-23T07:00", "2026-11-23T08:00")]
    [InlineData("2026-11-23T09:00", "2026-11-23T12:00")]
    [InlineData("2026-11-23T12:00", "2026-11-28T21:00")]
    [InlineData("2026-11-29T03:00", "2026-12-05T21:00")]
    [InlineData("2026-10-24T21:00", "2026-10-24T22:00")]
    public void The_next_opening_is_found_past_holidays_and_changes_of_the_clock(string utc, string opens) =>
        Assert.Equal(At(opens), Berlin.NextOpeningAfter(At(utc)));

    [Fact]
    public void What_opens_in_an_hour_that_spring_skips_opens_when_it_is_over()
    {
        var night = new OpeningHours("Europe/Berlin", [new(DayOfWeek.Sunday, 150, 300)], []);

        Assert.Equal(At("2027-03-28T01:00"), night.NextOpeningAfter(At("2027-03-27T12:00")));
        Assert.Null(new OpeningHours("Europe/Berlin", [], []).NextOpeningAfter(At("2027-03-27T12:00")));
        Assert.False(new OpeningHours("Atlantis/Centre", [new(DayOfWeek.Monday, 0, 60)], []).IsOpenAt(At("2026-11-24T00:30")));
    }

    [Theory]
    [InlineData("Call +49 30 1234567")]
    [InlineData("Call 030/123 45 67.")]
    [InlineData("Write to (help@alder-oak.example).")]
    [InlineData("See https://alder-oak.example/help")]
    [InlineData("See www.alder-oak.example!")]
    [InlineData("اتصل بنا على ٠٣٠١٢٣٤٥٦٧")]
    public void A_way_to_a_person_is_known(string text) => Assert.True(HumanWay.IsNamedIn(text));

    [Theory]
    [InlineData("We are back on Monday at 9:00.")]
    [InlineData("Open 9-17, order AO-2047, 12 November")]
    [InlineData("Closed on 24.12.2026")]
    [InlineData("Back on 01/01/2027")]
    [InlineData("Back on 2027-01-04")]
    [InlineData("Mo-Fr 9.00 - 17.00")]
    [InlineData("@home or me@")]
    [InlineData("https://")]
    [InlineData("")]
    public void Opening_hours_and_order_numbers_are_no_way_to_a_person(string text) => Assert.False(HumanWay.IsNamedIn(text));

    [Theory, EveryDatabase]
    public async Task Hours_are_kept_and_an_away_message_needs_hours_words_and_a_way_to_a_person(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var save = core.Get<SaveHours>();
        var sound = new HoursChange(core.NumberId, Berlin, true, " Back on Monday. Urgent: help@alder-oak.example ");

        Assert.Contains("name a way to a person", await RefusedAsync(sound with { AwayText = "Back on Monday at 9:00." }), StringComparison.Ordinal);
        Assert.Contains("Write the away message", await RefusedAsync(sound with { AwayText = " " }), StringComparison.Ordinal);
        Assert.Contains("opening time", await RefusedAsync(sound with { Hours = Berlin with { Week = [] } }), StringComparison.Ordinal);
        Assert.Contains("time zone", await RefusedAsync(sound with { Hours = Berlin with { TimeZone = "Mars" } }), StringComparison.Ordinal);
        Assert.Contains("end after they begin", await RefusedAsync(sound with { Hours = Berlin with { Week = [new(DayOfWeek.Monday, 60, 60)] } }), StringComparison.Ordinal);
        Assert.Contains("overlap", await RefusedAsync(sound with { Hours = Berlin with { Week = [new(DayOfWeek.Monday, 0, 120), new(DayOfWeek.Monday, 60, 180)] } }), StringComparison.Ordinal);
        Assert.Contains("1024", await RefusedAsync(sound with { AwayOn = false, AwayText = new string('a', 1025) }), StringComparison.Ordinal);
        Assert.IsType<SaveHoursOutcome.NoSuchNumber>(await save.RunAsync(Admin, sound with { NumberId = 4711 }, CancellationToken.None));
        await Assert.ThrowsAsync<NotAllowedException>(() => save.RunAsync(Admin with { Role = Role.Agent }, sound, CancellationToken.None));

        Assert.IsType<SaveHoursOutcome.Done>(await save.RunAsync(Admin, sound, CancellationToken.None));
        var read = await core.Get<ReadHours>().RunAsync(Admin, core.NumberId, CancellationToken.None);
        Assert.Equal((true, "Back on Monday. Urgent: help@alder-oak.example", "Europe/Berlin"), (read.AwayOn, read.AwayText, read.Hours.TimeZone));
        Assert.Equal(Berlin.Week, read.Hours.Week);
        Assert.Equal(Berlin.Holidays, read.Hours.Holidays);
        Assert.IsType<SaveHoursOutcome.Done>(await save.RunAsync(
            Admin, new HoursChange(core.NumberId, new OpeningHours("", [], []), false, ""), CancellationToken.None));
        Assert.True((await core.Get<ReadHours>().RunAsync(Admin, core.NumberId, CancellationToken.None)).IsOpen);

        async Task<string> RefusedAsync(HoursChange change) =>
            string.Join(' ', Assert.IsType<SaveHoursOutcome.Invalid>(await save.RunAsync(Admin, change, CancellationToken.None)).Sentences);
    }

    private static DateTime At(string utc) => DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
