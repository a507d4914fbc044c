using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

internal static class HeaderRules
{
    public static void Check(ComposedTemplate template, RuleFacts? facts, Findings findings)
    {
        switch (template.Header)
        {
            case ComposedHeader.Text text:
                CheckText(text.Content, template.Named, findings);
                break;
            case ComposedHeader.Media media:
                CheckFile(media.File, "header", facts, findings);
                break;
            case ComposedHeader.Product when !template.Buttons.Any(button => button is ComposedButton.Product):
                findings.Add("HEADER_PRODUCT", "header");
                break;
            case ComposedHeader.Other other:
                findings.Add("HEADER_KIND", "header", OtherParts.TypeOf(other.Json, "format"));
                break;
        }
    }

    public static void CheckFile(ComposedMedia file, string field, RuleFacts? facts, Findings findings)
    {
        findings.AddIf(file.Kind == HeaderMediaKind.Gif, "HEADER_GIF", field);
        if (file.MediaFileId is not { } id)
        {
            findings.AddIf(string.IsNullOrEmpty(file.Handle), "HEADER_FILE", field);
            return;
        }

        if (facts?.Files is not { } files)
        {
            return;
        }

        if (!files.TryGetValue(id, out var known))
        {
            findings.Add("HEADER_FILE", field);
            return;
        }

        var kind = file.Kind.ToString().ToUpperInvariant();
        findings.AddIf(!RuleBook.Of($"HEADER_{kind}_TYPE").Words.Contains(known.MimeType), $"HEADER_{kind}_TYPE", field, known.MimeType);
        var most = RuleBook.Of($"HEADER_{kind}_SIZE").Most;
        findings.AddIf(known.SizeBytes > most, $"HEADER_{kind}_SIZE", field, Megabytes(known.SizeBytes), Megabytes(most));
    }

    private static void CheckText(ComposedText content, bool named, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(content.Text))
        {
            findings.Add("HEADER_EMPTY", "header");
            return;
        }

        findings.AddLonger("HEADER_LENGTH", "header", content.Text.Length);
        findings.AddIf(VariablesOf.Text(content.Text).Count > RuleBook.Of("HEADER_VARIABLES").Most, "HEADER_VARIABLES", "header");
        findings.AddIf(TextRules.HasFormatting(content.Text), "HEADER_FORMATTING", "header");
        findings.AddIf(TextRules.HasLines(content.Text), "HEADER_LINES", "header");
        findings.AddIf(TextRules.Emoji(content.Text) > 0, "HEADER_EMOJI", "header");
        TextRules.Check(content, named, "header", findings);
        BodyRules.CheckFilled(content, "header", RuleBook.Of("HEADER_LENGTH").Most, findings);
    }

    private static double Megabytes(long bytes) => Math.Round(bytes / (1024.0 * 1024.0), 1);
}
