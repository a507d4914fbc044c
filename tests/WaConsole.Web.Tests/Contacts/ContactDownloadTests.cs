using System.IO.Compression;
using System.Net;
using System.Text;
using MiniExcelLibs;
using WaConsole.Core.Contacts;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.ContactFiles;
using WaConsole.Web.Tests.Api;
using Xunit;

namespace WaConsole.Web.Tests.Contacts;

public sealed class ContactDownloadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")")]
    [InlineData("  +1+1", "'  +1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2", "'-2")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("Amina = best", "Amina = best")]
    [InlineData(" ", " ")]
    [InlineData(null, "")]
    public void A_cell_is_never_a_formula(string? text, string cell) => Assert.Equal(cell, SafeCell.Of(text));

    [Fact]
    public async Task Csv_has_what_the_filter_finds_with_names_that_run_nothing()
    {
        await using var host = await StartAsync();
        using var client = await host.ProgramAsync();

        var answer = await client.GetAsync("/contacts/export/csv?q=evil", Token);

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Id,Name,Phone,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",Name (2)", lines[0], StringComparison.Ordinal);
        Assert.Contains("'=evil()", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",'=cmd", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_opens_and_has_everybody()
    {
        await using var host = await StartAsync();
        using var client = await host.ProgramAsync();

        var bytes = await client.GetByteArrayAsync("/contacts/export/xlsx", Token);

        using var file = new MemoryStream(bytes);
        var rows = file.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["Luz Mar", "'=evil()"], rows.Select(row => row["Name"]));
        Assert.Equal("'=cmd", rows[1]["Name (2)"]);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.DoesNotContain("<x:f>", await sheet.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_admins_and_marketing_staff_take_contacts_out()
    {
        await using var host = await StartAsync();
        using var anonymous = host.Anonymous();
        using var agent = await host.ProgramAsync(Role.Agent);
        using var marketer = await host.ProgramAsync(Role.Marketer);

        Assert.NotEqual(HttpStatusCode.OK, (await anonymous.GetAsync("/contacts/export/csv", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/contacts/export/csv", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await marketer.GetAsync("/contacts/export/csv", Token)).StatusCode);

        var line = Assert.Single(await host.Get<ListContactExports>().RunAsync(Caller.System, Token));
        Assert.Equal(("CRM", "csv", 2), (line.ByName, line.Format, line.People));
    }

    private static async Task<ConsoleHost> StartAsync()
    {
        var host = await ConsoleHost.StartAsync();
        await new SeedConversation { NumberId = host.NumberId, Name = "=evil()" }.WriteAsync(host.Store);
        await new SeedConversation { NumberId = host.NumberId, Name = "Luz Mar" }.WriteAsync(host.Store);
        var field = Assert.IsType<SaveContactFieldOutcome.Saved>(await host.Get<SaveContactField>().RunAsync(
            Caller.System, new ContactFieldDraft(null, "Name", ContactFieldType.Text, []), Token)).Field;
        var evil = (await host.Get<ListContacts>().RunAsync(Caller.System, new ContactQuery("evil"), Token)).Rows.Single().Id;
        await host.Get<EditContact>().RunAsync(
            Caller.System, evil, new ContactEdit(Fields: new Dictionary<long, string?> { [field.Id] = "=cmd" }), Token);
        return host;
    }
}
