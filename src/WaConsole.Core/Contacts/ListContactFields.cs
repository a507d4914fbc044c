using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

public sealed record ContactFieldView(long Id, string Name, ContactFieldType Type, IReadOnlyList<string> Choices);

/// <summary>The fields people have, in the order they were made.</summary>
public sealed class ListContactFields(Store store)
{
    public async Task<IReadOnlyList<ContactFieldView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await store.OpenAsync(cancellationToken);
        return await ReadAsync(db, cancellationToken);
    }

    internal static async Task<IReadOnlyList<ContactFieldView>> ReadAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        await db.ContactFields.AsNoTracking().OrderBy(f => f.Id)
            .Select(f => new ContactFieldView(f.Id, f.Name, f.Type, ContactFieldRules.ChoicesOf(f.Choices)))
            .ToListAsync(cancellationToken);
}
