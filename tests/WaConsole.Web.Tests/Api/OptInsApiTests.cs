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
    public async Task Where_and_when_and_for_how_long_somebody_agreed_is_kept_as_told_and_agreeing_again_renews_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        var contact = await ContactAsync(crm);
        var body = Whole.Replace(
            """{"purpose":"marketing",""",
            $$"""{"purpose":"marketing","source":"inStore","numberId":"{{host.NumberId}}","expiresAt":"2199-01-02T00:00:00+01:00","privacyVersion":"2026-05",""",
            StringComparison.Ordinal);

        await JsonAsync(await PostAsync(crm, $"contacts/{contact}/opt-ins", body));
        await JsonAsync(await PostAsync(crm, $"contacts/{contact}/opt-ins", Whole.Replace("2026-03-05", "2026-03-06", StringComparison.Ordinal)));

        var lines = (await ReadAsync(host, contact)).Lines.OrderBy(line => line.EntryId).ToList();
        Assert.Equal(
            (ConsentAction.Granted, ConsentSource.InStore, "+01:00", host.NumberId, new DateTime(2199, 1, 1, 23, 0, 0, DateTimeKind.Utc), "2026-05"),
            (lines[0].Action, lines[0].Source, lines[0].TimeZone, lines[0].NumberId, lines[0].ExpiresAtUtc, lines[0].PrivacyVersion));
        Assert.Equal((ConsentAction.Renewed, ConsentSource.Api, null), (lines[1].Action, lines[1].Source, lines[1].NumberId));
        Assert.Equal(Standing.OptedIn, (await ReadAsync(host, contact)).Standing.Marketing.What);
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
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE","source":"whatsAppMessage"}""", HttpStatusCode.BadRequest)]
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE","source":"keyword"}""", HttpStatusCode.BadRequest)]
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE","numberId":"one"}""", HttpStatusCode.BadRequest)]
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE","numberId":"999"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("opt-ins", """{"purpose":"marketing","basis":"consent","jurisdiction":"DE","expiresAt":"2020-01-01T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity)]
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

    [Fact]
    public async Task A_contacts_own_opt_out_page_is_told_and_works_without_signing_in()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        using var anonymous = host.Anonymous();
        var contact = await ContactAsync(crm);

        var link = await JsonAsync(await crm.GetAsync($"/api/v1/contacts/{contact}/opt-out-link", Token));

        var path = link.GetProperty("path").GetString()!;
        Assert.Equal($"/opt-out/{link.GetProperty("token").GetString()}", path);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(path, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await crm.GetAsync("/api/v1/contacts/999999/opt-out-link", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketer.GetAsync($"/api/v1/contacts/{contact}/opt-out-link", Token)).StatusCode);
    }

    [Fact]
    public async Task A_program_uploads_a_list_tells_its_columns_and_proof_lets_it_run_and_reads_what_was_left_out()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var shop = await host.ProgramAsync(Role.Marketer);
        using var agent = await host.ProgramAsync(Role.Agent);
        const string list = "Phone,Name\n+4915100000001,Amina\n12,=evil()\n+4915100000002,Bruno\n";
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsync("/api/v1/opt-in-imports", Form(list), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.PostAsync("/api/v1/opt-in-imports", Form(""), Token)).StatusCode);

        using var uploaded = await shop.PostAsync("/api/v1/opt-in-imports", Form(list), Token);
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        var import = (await JsonAsync(uploaded)).GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(shop, $"opt-in-imports/{import}/start", "")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(shop, $"opt-in-imports/{import}/check", Terms.Replace("Folder 7", "", StringComparison.Ordinal))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(shop, $"opt-in-imports/{import}/check", Terms.Replace("paper", "hearsay", StringComparison.Ordinal))).StatusCode);

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(shop, $"opt-in-imports/{import}/check", Terms)).StatusCode);
        var seen = await UntilAsync(shop, import, "checked");
        Assert.Equal((2, 1), (seen.GetProperty("added").GetInt32(), seen.GetProperty("leftOut").GetInt32()));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(shop, $"opt-in-imports/{import}/start", "")).StatusCode);
        var done = await UntilAsync(shop, import, "done");

        Assert.Equal((2, 3), (done.GetProperty("added").GetInt32(), done.GetProperty("totalRows").GetInt32()));
        Assert.Contains("12,'=evil()", await shop.GetStringAsync($"/api/v1/opt-in-imports/{import}/left-out", Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync($"/api/v1/opt-in-imports/{import}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetAsync("/api/v1/opt-in-imports/999999", Token)).StatusCode);
        Assert.Equal(2, (await host.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(Standing: Standing.OptedIn), Token)).Rows.Count);

        static MultipartFormDataContent Form(string text) => new() { { new StringContent(text), "file", "people.csv" } };
    }

    [Fact]
    public async Task A_program_says_by_which_clock_for_which_number_and_until_when_a_list_holds()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var shop = await host.ProgramAsync(Role.Marketer);
        using var form = new MultipartFormDataContent { { new StringContent("Phone,When\n+4915100000001,2026-07-05 00:30\n"), "file", "people.csv" } };
        var import = (await JsonAsync(await shop.PostAsync("/api/v1/opt-in-imports", form, Token))).GetProperty("id").GetString();
        var told = Terms.Replace("\"nameColumn\":1", "\"dateColumn\":1,\"timeZone\":\"Europe/Berlin\",\"numberId\":\"NUMBER\",\"privacyVersion\":\"2026-05\",\"expiresAt\":\"2199-01-02T00:00:00+01:00\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(shop, $"opt-in-imports/{import}/check", told.Replace("NUMBER", "one", StringComparison.Ordinal))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(shop, $"opt-in-imports/{import}/check", told.Replace("NUMBER", "999", StringComparison.Ordinal))).StatusCode);
        told = told.Replace("NUMBER", host.NumberId.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(shop, $"opt-in-imports/{import}/check", told.Replace("Berlin", "Atlantis", StringComparison.Ordinal))).StatusCode);

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(shop, $"opt-in-imports/{import}/check", told)).StatusCode);
        await UntilAsync(shop, import, "checked");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(shop, $"opt-in-imports/{import}/start", "")).StatusCode);
        await UntilAsync(shop, import, "done");

        var person = Assert.Single((await host.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(Standing: Standing.OptedIn), Token)).Rows);
        var line = Assert.Single((await ReadAsync(host, person.ContactId)).Lines);
        Assert.Equal(
            (new DateTime(2026, 7, 4, 22, 30, 0, DateTimeKind.Utc), "Europe/Berlin", host.NumberId, "2026-05", new DateTime(2199, 1, 1, 23, 0, 0, DateTimeKind.Utc)),
            (line.AtUtc, line.TimeZone, line.NumberId, line.PrivacyVersion, line.ExpiresAtUtc));
    }

    private const string Terms =
        """
        {"phoneColumn":0,"nameColumn":1,"phoneCountry":"DE","purpose":"marketing","origin":"paper","basis":"consent","business":"Alder & Oak","wordingLanguage":"en",
         "wording":"Alder & Oak may send me offers over WhatsApp. Stop at any time with STOP. Privacy: https://alder.example/privacy",
         "evidence":"Folder 7","at":"2026-03-05T10:00:00+01:00"}
        """;

    private static async Task<JsonElement> UntilAsync(HttpClient shop, string? import, string state)
    {
        var answer = default(JsonElement);
        await WaConsole.Testing.Until.TrueAsync(
            async () => (answer = await JsonAsync(await shop.GetAsync($"/api/v1/opt-in-imports/{import}", Token))).GetProperty("state").GetString() == state, $"the import is {state}");
        return answer;
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
