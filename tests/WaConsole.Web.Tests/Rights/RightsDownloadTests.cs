using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using System.Text.Json;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Rights;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Rights;
using WaConsole.Web.Tests.Api;
using Xunit;

namespace WaConsole.Web.Tests.Rights;

/// <summary>What leaves the console about people, and who may take it.</summary>
public sealed class RightsDownloadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_left_out_come_back_with_their_reason_and_run_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        using var agent = await host.ProgramAsync(Role.Agent);
        using var anonymous = host.Anonymous();
        var import = await ImportAsync(host, "Phone,Name\n=cmd(),@SUM(1)\n+4915100000001,Amina\n");

        var text = await marketer.GetStringAsync($"/opt-ins/imports/{import}/problems", Token);

        Assert.Equal(
            ["Row,Why it was left out,Phone,Name", "2,No such phone number can be,'=cmd(),'@SUM(1)"],
            text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync($"/opt-ins/imports/{import}/problems", Token)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await anonymous.GetAsync($"/opt-ins/imports/{import}/problems", Token)).StatusCode);
        await host.Get<DropImportFile>().RunAsync(Caller.System, import, Token);
        Assert.Equal(HttpStatusCode.NotFound, (await marketer.GetAsync($"/opt-ins/imports/{import}/problems", Token)).StatusCode);
    }

    [Fact]
    public async Task A_list_is_uploaded_by_a_page_of_ours_only()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var program = await host.ProgramAsync();
        using var person = await host.PersonAsync(await new SeedAgent("Ana", Role.Admin).WriteAsync(host.Store));

        foreach (var path in (string[])["/opt-ins/imports/upload", "/opt-ins/proofs"])
        {
            Assert.NotEqual(HttpStatusCode.OK, (await program.PostAsync(path, Form(), Token)).StatusCode);
            using var answer = await person.PostAsync(path, Form(), Token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("antiforgery", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        Assert.Empty(await host.Get<ListImports>().RunAsync(Caller.System, Token));

        static MultipartFormDataContent Form() => new() { { new StringContent("Phone\n+4915100000001\n"), "file", "people.csv" } };
    }

    [Fact]
    public async Task A_proof_comes_back_as_a_download_that_runs_nothing_and_to_whom_may_see_the_entry_only()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ana = await new SeedAgent("Ana", Role.Admin).WriteAsync(host.Store);
        using var person = await host.PersonAsync(ana);
        using var stranger = await host.PersonAsync(await new SeedAgent("Eve", Role.Agent).WriteAsync(host.Store));
        using var anonymous = host.Anonymous();
        var contact = ((AddContactOutcome.Added)await host.Get<AddContact>().RunAsync(ana, "Amina", "+4915100000001", Token)).ContactId;
        using var content = new MemoryStream("<script>alert(1)</script>"u8.ToArray());
        var key = ((StoreProofOutcome.Stored)await host.Get<StoreProof>().RunAsync(ana, content, "signed.html", Token)).Key;
        Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/opt-ins/proofs/{key}", Token)).StatusCode);
        Assert.IsType<RecordOptInOutcome.Recorded>(await host.Get<RecordOptIn>().RunAsync(
            ana,
            contact,
            new OptInRequest(ConsentPurpose.Marketing, ConsentSource.Paper, LawfulBasis.Consent, "DE") { Evidence = new ConsentEvidence { File = key } },
            Token));

        using var answer = await person.GetAsync($"/opt-ins/proofs/{key}", Token);

        Assert.Equal("<script>alert(1)</script>", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.NotEqual(HttpStatusCode.OK, (await anonymous.GetAsync($"/opt-ins/proofs/{key}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/opt-ins/proofs/{Guid.CreateVersion7()}", Token)).StatusCode);
    }

    [Fact]
    public async Task A_person_is_handed_out_whole_and_what_they_wrote_is_only_text()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var admin = await host.ProgramAsync();
        using var marketer = await host.ProgramAsync(Role.Marketer);
        var person = ((AddContactOutcome.Added)await host.Get<AddContact>().RunAsync(Caller.System, "<script>alert(1)</script>", "+4915100000001", Token)).ContactId;

        using var json = JsonDocument.Parse(await admin.GetStringAsync($"/opt-ins/{person}/export/json", Token));
        Assert.Equal(ExportPerson.Parts, json.RootElement.EnumerateObject().Select(part => part.Name));
        Assert.Equal("4915100000001", json.RootElement.GetProperty("contact")[0].GetProperty("phone").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("messages").GetArrayLength());
        Assert.Equal("Exported", json.RootElement.GetProperty("audit")[0].GetProperty("deed").GetString());

        var page = await admin.GetStringAsync($"/opt-ins/{person}/export/html", Token);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>", page, StringComparison.Ordinal);
        Assert.Contains("UTC", page, StringComparison.Ordinal);
        Assert.Contains("Asia/Tokyo", await admin.GetStringAsync($"/opt-ins/{person}/export/html?zone=Asia/Tokyo", Token), StringComparison.Ordinal);
        Assert.DoesNotContain("Nowhere", await admin.GetStringAsync($"/opt-ins/{person}/export/html?zone=Nowhere", Token), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await marketer.GetAsync($"/opt-ins/{person}/export/json", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/opt-ins/999999/export/json", Token)).StatusCode);
    }

    [Fact]
    public void Every_part_and_every_fact_of_an_export_is_worded_in_every_language()
    {
        var texts = new ResourceManager(typeof(RightsTexts));
        var wanted = ExportPerson.Parts.Select(part => "Part" + part).Concat(ExportPerson.FactNames.Select(fact => "Fact" + fact)).ToList();

        foreach (var language in ConsoleLanguages.All)
        {
            var culture = language == ConsoleLanguages.English ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
            using var words = texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
            Assert.DoesNotContain(wanted, name => string.IsNullOrWhiteSpace(words.GetString(name)));
        }
    }

    private static async Task<long> ImportAsync(ConsoleHost host, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var import = ((StoreImportOutcome.Stored)await host.Get<StoreImport>().RunAsync(Caller.System, content, "people.csv", Token)).ImportId;
        Assert.IsType<CheckImportOutcome.Begun>(await host.Get<CheckImport>().RunAsync(
            Caller.System,
            import,
            new ImportTerms
            {
                PhoneColumn = 0,
                NameColumn = 1,
                PhoneCountry = "DE",
                Origin = ConsentSource.Paper,
                BusinessName = "Alder & Oak",
                WordingText = "Offers by WhatsApp",
                WordingLanguage = "en",
                Evidence = "Folder 7",
                AtUtc = DateTime.UnixEpoch.AddYears(50),
            },
            Token));
        await WaConsole.Testing.Until.TrueAsync(async () => (await host.Get<ReadImport>().RunAsync(Caller.System, import, Token))!.State == ImportState.Checked, "the check of the list");
        return import;
    }
}
