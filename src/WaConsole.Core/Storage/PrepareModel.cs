namespace WaConsole.Core.Storage;

/// <summary>Builds EF's model of the database ahead of time. The first question would wait for it.</summary>
public sealed class PrepareModel(Store store)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        _ = db.Model;
    }
}
