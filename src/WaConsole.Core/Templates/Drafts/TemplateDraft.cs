namespace WaConsole.Core.Templates.Drafts;

/// <summary>A template of ours that is being composed: new, or a change of one that exists.</summary>
internal sealed class TemplateDraft
{
    public long Id { get; set; }

    public long BusinessAccountId { get; set; }

    public string Name { get; set; } = "";

    public string Language { get; set; } = "";

    public string Category { get; set; } = "";

    /// <summary>See DraftJson.</summary>
    public string ContentJson { get; set; } = "";

    /// <summary>Counts up with every save, so that two who write at once notice.</summary>
    public int Version { get; set; }

    /// <summary>The template it changes, or became.</summary>
    public long? TemplateId { get; set; }

    /// <summary>The version that was handed in; null when none was.</summary>
    public int? SubmittedVersion { get; set; }

    public DateTime? SubmittedAtUtc { get; set; }

    public long? AuthorId { get; set; }

    public string Author { get; set; } = "";

    public long? ChangedById { get; set; }

    public string ChangedBy { get; set; } = "";

    public DateTime CreatedAtUtc { get; set; }

    public DateTime ChangedAtUtc { get; set; }
}

/// <summary>What a draft was before: kept when another person goes on, when it is handed in, or after ten minutes.</summary>
internal sealed class TemplateDraftVersion
{
    public long Id { get; set; }

    public long DraftId { get; set; }

    public int Version { get; set; }

    public string ContentJson { get; set; } = "";

    public string ChangedBy { get; set; } = "";

    public DateTime ChangedAtUtc { get; set; }
}

/// <summary>A file of a draft's headers, now or in a version kept: as long as the draft is there, so is the file.</summary>
internal sealed class TemplateDraftFile
{
    public long DraftId { get; set; }

    public long MediaFileId { get; set; }
}
