namespace WaConsole.Core.Contacts;

/// <summary>Who took personal data of how many people out of the console, and when. Never changed afterwards.</summary>
internal sealed class ContactExport
{
    public long Id { get; set; }

    public DateTime AtUtc { get; set; }

    public long? AgentId { get; set; }

    public string ByName { get; set; } = "";

    /// <summary>csv or xlsx.</summary>
    public string Format { get; set; } = "";

    /// <summary>The filters, without what was searched for: that may be a name.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Null when the download was broken off.</summary>
    public int? People { get; set; }
}
