using Microsoft.Extensions.Options;

namespace WaConsole.Core.Storage;

/// <summary>
/// SQLite has one writer, and writers that meet there sleep and retry in no order. Whoever writes often or long enters here first and
/// is served in order of arrival. Free on PostgreSQL.
/// </summary>
internal sealed class WriterLane(IOptions<DatabaseOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _lane = new(1, 1);

    public async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider != DatabaseProvider.Sqlite)
        {
            return default;
        }

        await _lane.WaitAsync(cancellationToken);
        return new Place(_lane);
    }

    public void Dispose() => _lane.Dispose();

    public readonly struct Place(SemaphoreSlim? lane) : IDisposable
    {
        public void Dispose() => lane?.Release();
    }
}
