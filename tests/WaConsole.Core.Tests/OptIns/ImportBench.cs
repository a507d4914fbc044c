using System.Globalization;
using System.IO.Compression;
using System.Text;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>A list of people, its terms, and the walk through check and run.</summary>
internal static class ImportBench
{
    public const string Words =
        "Alder & Oak may send me offers over WhatsApp. I can stop at any time by writing STOP. Privacy: https://alder.example/privacy";

    public static readonly ImportTerms Terms = new()
    {
        PhoneColumn = 0,
        NameColumn = 1,
        DateColumn = 2,
        PhoneCountry = "DE",
        Origin = ConsentSource.Website,
        BusinessName = "Alder & Oak",
        WordingText = Words,
        WordingLanguage = "en",
        Evidence = "Form of the shop, see the archive",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<long> UploadAsync(CoreHost core, string text) => UploadAsync(core, Encoding.UTF8.GetBytes(text), "people.csv");

    public static async Task<long> UploadAsync(CoreHost core, byte[] bytes, string name)
    {
        using var content = new MemoryStream(bytes);
        return Assert.IsType<StoreImportOutcome.Stored>(await core.Get<StoreImport>().RunAsync(Caller.System, content, name, Token)).ImportId;
    }

    /// <summary>As the worker would, in this thread.</summary>
    public static async Task<ImportView> CheckAsync(CoreHost core, long import, ImportTerms? terms = null)
    {
        Assert.IsType<CheckImportOutcome.Begun>(await core.Get<CheckImport>().RunAsync(Caller.System, import, terms ?? Terms, Token));
        await core.Get<RunImport>().RunNextAsync(() => { }, Token);
        return await ReadAsync(core, import);
    }

    public static async Task<ImportView> RunAsync(CoreHost core, long import, ImportTerms? terms = null)
    {
        await CheckAsync(core, import, terms);
        Assert.True(await core.Get<StartImport>().RunAsync(Caller.System, import, Token));
        await core.Get<RunImport>().RunNextAsync(() => { }, Token);
        return await ReadAsync(core, import);
    }

    public static async Task<ImportView> ReadAsync(CoreHost core, long import) => (await core.Get<ReadImport>().RunAsync(Caller.System, import, Token))!;

    public static string Phone(int which) => $"+4915{100_000_000 + which}";

    public static string Csv(int people) => "Phone,Name,Agreed\r\n" + string.Concat(Enumerable.Range(0, people).Select(at => $"{Phone(at)},Person {at},2026-03-05\r\n"));

    /// <summary>A workbook of the smallest kind, with the shared texts and the dates of a spreadsheet program.</summary>
    public static byte[] Workbook(string sheet, string? texts = null)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId7"/></sheets></workbook>""");
            Part(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="worksheet" Target="worksheets/sheet3.xml"/></Relationships>""");
            Part(zip, "xl/worksheets/sheet3.xml", sheet);
            if (texts is not null)
            {
                Part(zip, "xl/sharedStrings.xml", texts);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The rows of <see cref="Csv"/> as a spreadsheet program writes them: inline texts, and dates as days counted.</summary>
    public static byte[] Workbook(int people)
    {
        var sheet = new StringBuilder("""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>""");
        Row(1, "Phone", "Name", Cell("C1", "Agreed"));
        for (var at = 0; at < people; at++)
        {
            Row(at + 2, Phone(at), $"Person {at}", string.Create(CultureInfo.InvariantCulture, $"""<c r="C{at + 2}" s="4"><v>46086</v></c>"""));
        }

        return Workbook(sheet.Append("</sheetData></worksheet>").ToString());

        void Row(int row, string phone, string name, string agreed) => sheet.Append(
            CultureInfo.InvariantCulture, $"""<row r="{row}">{Cell($"A{row}", phone)}{Cell($"B{row}", name)}{agreed}</row>""");

        static string Cell(string where, string text) => $"""<c r="{where}" t="inlineStr"><is><t>{text}</t></is></c>""";
    }

    private static void Part(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
