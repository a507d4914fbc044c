namespace WaConsole.CloudApi;

/// <summary>
/// A file to send: uploaded before, or fetched by Meta from a public address (kept there for ten minutes).
/// </summary>
public abstract record MediaRef
{
    private MediaRef()
    {
    }

    public sealed record Id(string Value) : MediaRef;

    public sealed record Link(Uri Value) : MediaRef;
}
