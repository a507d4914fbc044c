namespace WaConsole.Core.Rights;

/// <summary>
/// What still stands of somebody who was erased, outside their rows: written in the transaction that erases them, gone when it is forgotten.
/// Either a number or an id, or a file.
/// </summary>
internal sealed class Remnant
{
    public long Id { get; set; }

    public string? Trace { get; set; }

    public Guid? FileKey { get; set; }
}
