using System.Net;
using System.Text;
using System.Text.Json;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using Xunit;

namespace WaConsole.Web.Tests.Api;

/// <summary>Programs that write down who agreed and who wants no more.</summary>
public sealed class OptInsApiTests
{
    private const string Whole =
        """
        {"purpose":"marketing","basis":"consent","jurisdiction":"de","business":"Alder & Oak","wordingLanguage":"en","evidence":"Form of the shop","at":"2026-03-05T10:00:00+01:00",
         "wording":"Alder & Oak may send me offers over WhatsApp. Stop at any time with STOP. Privacy: https://alder.example/privacy"}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task An_opt_in_with_its_whole_proof_counts_and_a_later_opt_out_ends_it(DatabaseProvider provider)
    {
        await using var host = await ConsoleHost.StartAsync(provider);
        using var crm = await host.ProgramAsync();
        var contact = await ContactAsync(crm);

        Assert.True((await JsonAsync(await PostAsync(crm, $"contacts/{contact}/opt-ins", Whole))).GetProperty("complete").GetBoolean());
        var view = await ReadAsync(host, contact);
        Assert.Equal(Standing.OptedIn, view.Standing.Marketing.What);
        var line = Assert.Single(view.Lines);
        Assert.Equal((ConsentSource.Api, "DE", new DateTime(2026, 3, 5, 9, 0, 0, DateTimeKind.Utc)), (line.Source, line.Jurisdiction, line.AtUtc));

        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(crm, $"contacts/{contact}/opt-outs", """{"evidence":"Said so by phone"}""")).StatusCode);
        view = await ReadAsync(host, contact);
        Assert.Equal((Standing.OptedOut, Standing.None), (view.Standing.Marketing.What, view.Standing.Utility.What));
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(crm, $"contacts/{contact}/opt-outs", """{"purpose":"all"}""")).StatusCode);
        Assert.Equal(Standing.OptedOut, (await ReadAsync(host, contact)).Standing.Utility.What);
    }

    [Fact]
    public async Task Without_its_proof_an_opt_in_is_kept_and_does_not_count()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var contact = await ContactAsync(crm);

        var answer = await JsonAsync(await PostAsync(crm, $"contacts/{contact}/opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE"}"""));

        Assert.False(answer.GetProperty("complete").GetBoolean());
        Assert.Equal(Standing.Incomplete, (await ReadAsync(host, contact)).Standing.Marketing.What);
    }

    [Theory]
    [InlineData("opt-ins", """{"purpose":"everything","basis":"consent","jurisdiction":"DE"}""", HttpStatusCode.BadRequest)]
    [InlineData("opt-ins", """{"purpose":"marketing","jurisdiction":"DE"}""", HttpStatusCode.BadRequest)]
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE","at":"2199-01-01T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("opt-ins", "nothing", HttpStatusCode.BadRequest)]
    [InlineData("opt-outs", """{"purpose":"everything"}""", HttpStatusCode.BadRequest)]
    [InlineData("opt-outs", """{"at":"2199-01-01T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_wrong_is_refused_and_nothing_is_written(string path, string body, HttpStatusCode status)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var contact = await ContactAsync(crm);

        Assert.Equal(status, (await PostAsync(crm, $"contacts/{contact}/{path}", body)).StatusCode);

        Assert.Empty((await ReadAsync(host, contact)).Lines);
    }

    [Fact]
    public async Task Nobody_else_writes_and_of_nobody_who_is_not_there()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        using var anonymous = host.Anonymous();
        var contact = await ContactAsync(crm);

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(marketer, $"contacts/{contact}/opt-ins", Whole)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(marketer, $"contacts/{contact}/opt-outs", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(anonymous, $"contacts/{contact}/opt-ins", Whole)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(crm, "contacts/999999/opt-ins", Whole)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(crm, "contacts/nobody/opt-outs", "{}")).StatusCode);
    }

    private static async Task<long> ContactAsync(HttpClient crm) => long.Parse(
        (await JsonAsync(await PostAsync(crm, "contacts", """{"phone":"+4915100000001","name":"Amina"}"""))).GetProperty("id").GetString()!,
        System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<ConsentView> ReadAsync(ConsoleHost host, long contact) => (await host.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body) =>
        client.PostAsync("/api/v1/" + path, new StringContent(body, Encoding.UTF8, "application/json"), Token);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
    }
}
