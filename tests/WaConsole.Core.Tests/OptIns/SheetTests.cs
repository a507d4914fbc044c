using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>Files as people really have them, and as strangers make them.</summary>
public sealed class SheetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("windows-1252", false)]
    public async Task A_name_is_read_in_the_letters_it_was_written_in(string encoding, bool mark)
    {
        var letters = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? letters.Preamble : [], .. letters.GetBytes("Phone;Name\r\n+4915100000001;Zoë Müller\r\n")];

        Assert.Equal([["Phone", "Name"], ["+4915100000001", "Zoë Müller"]], await HeadAsync(bytes));
    }

    [Theory]
    [InlineData("a,b\n1,2", new[] { "a", "b" }, new[] { "1", "2" })]
    [InlineData("a;b\r1;2\r", new[] { "a", "b" }, new[] { "1", "2" })]
    [InlineData("a\tb\n1\t2", new[] { "a", "b" }, new[] { "1", "2" })]
    [InlineData("a|b\n1|2", new[] { "a", "b" }, new[] { "1", "2" })]
    [InlineData("a;b\n\"1,5;\"\"x\"\"\nsecond\";2", new[] { "a", "b" }, new[] { "1,5;\"x\"\nsecond", "2" })]
    [InlineData("a,b\n5\"7,2", new[] { "a", "b" }, new[] { "5\"7", "2" })]
    public async Task Whatever_stands_between_the_cells_and_within_them_is_told_apart(string text, string[] first, string[] second) =>
        Assert.Equal([first, second], await HeadAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task A_quote_that_never_closes_marks_its_row_and_fills_no_memory()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var import = await ImportBench.UploadAsync(core, "Phone,Name,Agreed\n+4915100000001,\"open" + new string('x', 3_000_000));

        var check = await ImportBench.CheckAsync(core, import);

        Assert.Equal([new TroubleCount(RowTrouble.Unreadable, 1)], check.Troubles);
    }

    [Fact]
    public async Task A_workbook_gives_shared_and_inline_texts_long_numbers_dates_and_leaves_gaps_where_they_are()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var bytes = ImportBench.Workbook(
            """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Agreed</t></is></c></row>
            <row r="3"><c r="A3"><v>4.915100000001E12</v></c><c r="B3" t="s"><v>2</v></c><c r="D3" s="4"><v>46086.5</v></c></row>
            <row r="4"><c r="A4"><f>1+1</f><v>4915100000002</v></c><c r="B4" t="str"><v>Omar</v></c><c r="D4" t="inlineStr"><is><t>2026-03-06</t></is></c></row>
            </sheetData></worksheet>
            """,
            """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Phone</t></si><si><t>Name</t></si><si><r><t>Lu</t></r><r><rPr><b/></rPr><t>z</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si></sst>""");

        var import = await ImportBench.UploadAsync(core, bytes, "people.xlsx");
        Assert.Equal(["Phone", "Name", "", "Agreed"], (await ImportBench.ReadAsync(core, import)).Head[0]);
        var done = await ImportBench.RunAsync(core, import, ImportBench.Terms with { DateColumn = 3 });

        Assert.Equal((2, 0), (done.Added, done.Refused));
        var people = await core.WithDbAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => new { c.Phone, c.GivenName }).ToListAsync(Token));
        Assert.Equal([("4915100000001", "Luz"), ("4915100000002", "Omar")], people.Select(p => (p.Phone!, p.GivenName!)));
        Assert.Equal(new DateTime(2026, 3, 5, 12, 0, 0, DateTimeKind.Utc), await core.WithDbAsync(db => db.ConsentEntries.OrderBy(e => e.Id).Select(e => e.AtUtc).FirstAsync(Token)));
    }

    [Fact]
    public async Task A_workbook_that_unfolds_without_end_is_refused_before_it_fills_anything()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var part = zip.CreateEntry("xl/workbook.xml").Open())
            {
                part.Write("<workbook/>"u8);
            }

            using var texts = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open();
            texts.Write("<sst><si><t>"u8);
            var nothing = new byte[1 << 20];
            Array.Fill(nothing, (byte)' ');
            for (var at = 0; at < 4; at++)
            {
                texts.Write(nothing);
            }
        }

        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var import = await ImportBench.UploadAsync(core, bytes.ToArray(), "bomb.xlsx");

        Assert.Equal(ImportState.Failed, (await ImportBench.CheckAsync(core, import)).State);
        Assert.Empty(Directory.GetFiles(Path.Combine(core.MediaRoot, "incoming")));
    }

    [Theory]
    [InlineData("""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>""")]
    [InlineData("<worksheet><sheetData><row><c>")]
    public async Task A_workbook_that_is_none_fails_in_words(string sheet)
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var import = await ImportBench.UploadAsync(core, ImportBench.Workbook(sheet), "people.xlsx");

        var view = await ImportBench.CheckAsync(core, import);

        Assert.Equal(ImportState.Failed, view.State);
        Assert.Contains("CSV", view.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 1, 2 })]
    [InlineData(new byte[] { 0x89, 0x50, 0, 0, 0, 0xFF, 1, 0 })]
    [InlineData(new byte[0])]
    public async Task What_is_no_list_is_refused_at_the_door_and_leaves_no_file(byte[] bytes)
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        using var content = new MemoryStream(bytes);

        Assert.IsType<StoreImportOutcome.Refused>(await core.Get<StoreImport>().RunAsync(Caller.System, content, "people.xls", Token));

        Assert.Empty(Directory.GetFiles(core.MediaRoot, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("+49 151 00000001", "ES", "4915100000001")]
    [InlineData("0049 151/00000001", "ES", "4915100000001")]
    [InlineData("0151-00000001", "DE", "4915100000001")]
    [InlineData("4915100000001", "DE", "4915100000001")]
    [InlineData("4915100000001", "US", "4915100000001")]
    [InlineData("(11) 98765-4321", "BR", "5511987654321")]
    [InlineData("151", "DE", null)]
    [InlineData("not a number", "DE", null)]
    [InlineData("+49 151 00000001 ext. 5", "DE", null)]
    public void A_number_is_understood_as_people_write_it(string told, string country, string? phone) =>
        Assert.Equal(phone, ReadImportRow.PhoneOf(told, country));

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> HeadAsync(byte[] bytes)
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        return (await ImportBench.ReadAsync(core, await ImportBench.UploadAsync(core, bytes, "people.csv"))).Head;
    }
}
