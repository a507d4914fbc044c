using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using WaConsole.Core.Rights;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.RightsFiles;

/// <summary>
/// What is known of a person as a page without a script, to be read and printed anywhere. Everything a person or a stranger wrote is text.
/// </summary>
internal sealed class PersonPage(CodeWords codes, ViewerClock clock, DateTime madeUtc)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly FactWords _words = new(codes, clock);

    public async Task WriteAsync(Stream body, IAsyncEnumerable<PersonRow> rows, CancellationToken cancellationToken)
    {
        await using var page = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true);
        List<string> found = [];
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (found.Count == 0)
            {
                await page.WriteAsync(Head(row));
            }

            if (found.LastOrDefault() != row.Part)
            {
                await page.WriteAsync($"""{(found.Count > 0 ? "</section>" : "")}<section id="{row.Part}"><h2>{Word("Part" + row.Part)}</h2>""");
                found.Add(row.Part);
            }

            await page.WriteAsync(Row(row));
        }

        await page.WriteAsync(found.Count == 0 ? Head(null) : "</section>");
        if (ExportPerson.Parts.Except(found).ToList() is { Count: > 0 } empty)
        {
            await page.WriteAsync(
                $"""<section><h2>{Word("ExportNothing")}</h2><ul class="none">{string.Concat(empty.Select(part => $"""<li id="{part}">{Word("Part" + part)}</li>"""))}</ul></section>""");
        }

        await page.WriteAsync("</main></body></html>");
        await page.FlushAsync(cancellationToken);
    }

    /// <param name="first">The person themselves come first.</param>
    private string Head(PersonRow? first)
    {
        var who = first?.Facts.FirstOrDefault(fact => fact.Name is "name" or "profileName" or "phone");
        var made = new PersonRow("", [new PersonFact("at", madeUtc)]);
        return $"""
            <!DOCTYPE html><html lang="{Reading.Language}" dir="{Reading.Direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{Word("ExportTitle")}</title><style>{PersonPageStyle.Css}</style></head><body>
            <nav aria-labelledby="contents"><h2 id="contents">{Word("ExportContents")}</h2><ul>{string.Concat(ExportPerson.Parts.Select(part => $"""<li><a href="#{part}">{Word("Part" + part)}</a></li>"""))}</ul></nav>
            <main><header><h1>{Word("ExportTitle")}</h1>{(who is null ? "" : $"""<p class="who">{Value(made, who)}</p>""")}<p class="lead">{Word("ExportLead")}</p>
            <dl><dt>{Word("ExportMade")}</dt><dd>{Value(made, made.Facts[0])}</dd><dt>{Word("ExportZone")}</dt><dd><bdi dir="ltr">{Safe(FactWords.Zone(clock.Zone.Id))}</bdi></dd></dl></header>
            """;
    }

    private string Row(PersonRow row)
    {
        var html = new StringBuilder("<article>");
        Add(html, row, row.Facts.Where(fact => !FactWords.IsForMachines(fact)));
        if (row.Facts.Where(FactWords.IsForMachines).ToList() is { Count: > 0 } machines)
        {
            html.Append(CultureInfo.InvariantCulture, $"<details><summary>{Word("ExportTechnical")}</summary>");
            Add(html, row, machines);
            html.Append("</details>");
        }

        return html.Append("</article>").ToString();
    }

    private void Add(StringBuilder html, PersonRow row, IEnumerable<PersonFact> facts)
    {
        html.Append("<dl>");
        foreach (var fact in facts)
        {
            if (Value(row, fact) is { } value)
            {
                html.Append(CultureInfo.InvariantCulture, $"<dt>{Word("Fact" + fact.Name)}</dt><dd>{value}</dd>");
            }
        }

        html.Append("</dl>");
    }

    private string? Value(PersonRow row, PersonFact fact) => _words.Tell(row, fact) switch
    {
        null => null,
        { AtUtc: { } at } told => string.Create(CultureInfo.InvariantCulture, $"""<time datetime="{at:yyyy-MM-ddTHH:mm:ssZ}">{Safe(told.Text)}</time>"""),
        { Direction: null } told => Safe(told.Text),
        { Text.Length: > ShortText } told => $"""<div dir="auto">{Safe(told.Text)}</div>""",
        var told => $"""<bdi dir="{told.Direction}">{Safe(told.Text)}</bdi>""",
    };

    /// <summary>What fills a line or more is set from its own side; a word or two stands where the page's words stand.</summary>
    private const int ShortText = 60;

    private string Word(string name) => Safe(codes.Text(name));

    private static string Safe(string text) => Encoder.Encode(text);
}
