namespace WaConsole.Core.OptIns.Imports;

public enum ImportState
{
    /// <summary>The file is here; what its columns mean is not said yet.</summary>
    Uploaded = 0,
    Checking = 1,

    /// <summary>Every row was looked at. Nothing was written.</summary>
    Checked = 2,
    Running = 3,
    Done = 4,

    /// <summary>Somebody stopped it; it can go on where it was.</summary>
    Stopped = 5,

    /// <summary>The file cannot be read: see <see cref="ConsentImport.Failure"/>.</summary>
    Failed = 6,
}

public enum SheetFormat
{
    Csv = 1,
    Xlsx = 2,
}

/// <summary>Why a row was left out. The words are beside the screens.</summary>
public enum RowTrouble
{
    PhoneMissing = 1,
    PhoneInvalid = 2,
    DateMissing = 3,
    DateInvalid = 4,
    DateInFuture = 5,
    EvidenceMissing = 6,
    Unreadable = 7,

    /// <summary>The person said stop: an import never undoes that.</summary>
    OptedOut = 8,

    /// <summary>The person had their data erased, and is not brought back by a list.</summary>
    Erased = 9,

    /// <summary>None of our numbers, or none that whoever described the list may see.</summary>
    NumberUnknown = 10,
    BusinessMissing = 11,
    ExpiryInvalid = 12,

    /// <summary>What they agreed to has ended already.</summary>
    ExpiryInPast = 13,
}

/// <summary>Opt-ins from a file, on their way into the registry.</summary>
internal sealed class ConsentImport
{
    public long Id { get; set; }

    /// <summary>Where the file is, see MediaStore; null when it was removed.</summary>
    public Guid? FileKey { get; set; }

    public string FileName { get; set; } = "";

    public long SizeBytes { get; set; }

    public string Sha256 { get; set; } = "";

    public SheetFormat Format { get; set; }

    /// <summary>Of a CSV file: a code page.</summary>
    public int Encoding { get; set; }

    public string Separator { get; set; } = "";

    /// <summary>ImportTerms; null until they are said.</summary>
    public string? TermsJson { get; set; }

    public ImportState State { get; set; }

    /// <summary>Why it failed, see KeptText.</summary>
    public string? Failure { get; set; }

    /// <summary>Rows of the file, known once all were checked.</summary>
    public int? TotalRows { get; set; }

    /// <summary>Of the check, or of the run: rows behind us.</summary>
    public int Rows { get; set; }

    /// <summary>How far in the file, in thousandths.</summary>
    public int Share { get; set; }

    public int Added { get; set; }

    /// <summary>Rows that say nothing new.</summary>
    public int Known { get; set; }

    public int Refused { get; set; }

    public DateTime? PhaseAtUtc { get; set; }

    /// <summary>Rows that were behind us when the phase began or went on: what the rate is told by.</summary>
    public int PhaseRows { get; set; }

    public DateTime? FinishedAtUtc { get; set; }

    /// <summary>Held by a worker until then. A worker that was killed lets go by it.</summary>
    public DateTime LeasedUntilUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public long? ByAgentId { get; set; }

    public string ByName { get; set; } = "";
}

/// <summary>A row that was left out. What it says stays in the file.</summary>
internal sealed class ConsentImportProblem
{
    public long ImportId { get; set; }

    public int Row { get; set; }

    public RowTrouble Trouble { get; set; }
}
