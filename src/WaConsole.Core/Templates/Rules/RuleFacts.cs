using WaConsole.Core.Resources;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Type and size of a header's file.</summary>
public sealed record FileFacts(string MimeType, long SizeBytes);

/// <summary>How often an approved template may still be changed: once in 24 hours, ten times in 30 days.</summary>
/// <param name="FreeAgainAtUtc">When the next change is possible; null for now.</param>
public sealed record EditsLeft(int Today, int Month, DateTime? FreeAgainAtUtc);

/// <summary>What is edited: an existing template as WhatsApp has it.</summary>
public sealed record EditFacts(string Name, string Language, bool Named, string Status, string Category, EditsLeft Left);

/// <summary>What the rules need from the database.</summary>
public sealed record RuleFacts
{
    /// <summary>A template of this name and language is there.</summary>
    public bool NameTaken { get; init; }

    public DateTime? NameLockedUntilUtc { get; init; }

    /// <summary>Name of another template with the same text and footer.</summary>
    public string? SameContentAs { get; init; }

    public int Templates { get; init; }

    public int CreatedInLastHour { get; init; }

    /// <summary>Null for a new template.</summary>
    public EditFacts? Edits { get; init; }

    /// <summary>Files of the headers, by our id.</summary>
    public IReadOnlyDictionary<long, FileFacts>? Files { get; init; }

    internal void Check(ComposedTemplate template, Findings findings)
    {
        findings.AddIf(SameContentAs is not null && template.Code is null, "SAME_CONTENT", "body", SameContentAs);
        if (Edits is { } edit)
        {
            CheckEdit(template, edit, findings);
            return;
        }

        findings.AddIf(NameTaken, "NAME_TAKEN", "name", template.Name, template.Language);
        if (NameLockedUntilUtc is { } until)
        {
            findings.Add("NAME_LOCKED", "name", RuleBook.Of("NAME_LOCKED").Most, Texts.Moment(until));
        }

        var (few, many) = (RuleBook.Of("ACCOUNT_FILLING").Most, RuleBook.Of("ACCOUNT_FULL").Most);
        findings.AddIf(Templates >= many, "ACCOUNT_FULL", "name", many);
        findings.AddIf(Templates >= few && Templates < many, "ACCOUNT_FILLING", "name", Templates, few, many);
        var hourly = RuleBook.Of("CREATED_TOO_MANY").Most;
        findings.AddIf(CreatedInLastHour >= hourly, "CREATED_TOO_MANY", "name", hourly);
    }

    private static void CheckEdit(ComposedTemplate template, EditFacts edit, Findings findings)
    {
        // An edit carries none of the three: what is typed here would be dropped, and the template changed under its old name.
        findings.AddIf(template.Name != edit.Name, "NAME_FIXED", "name", edit.Name);
        findings.AddIf(template.Language != edit.Language, "NAME_FIXED", "language", edit.Language);
        findings.AddIf(template.Code is null && template.Named != edit.Named, "NAME_FIXED", "variables", edit.Named ? "{{first_name}}" : "{{1}}");
        if (!TemplateStates.MayEdit(edit.Status))
        {
            findings.Add("NOT_EDITABLE", "name", edit.Status);
        }
        else if (edit.Status == TemplateStates.Approved)
        {
            findings.AddIf(template.Category != edit.Category, "CATEGORY_FIXED", "category", edit.Category);
            if (edit.Left.FreeAgainAtUtc is { } free)
            {
                findings.Add(edit.Left.Month == 0 ? "EDITED_OFTEN" : "EDITED_TODAY", "name", Texts.Moment(free));
            }
        }
    }
}
