using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.CannedReplies;

/// <summary>A canned reply as it reads in one conversation.</summary>
public sealed class FillCannedReply(Store store)
{
    /// <returns>Null when the reply or the conversation is not there for the caller.</returns>
    public async Task<FilledText?> RunAsync(Caller caller, long id, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var body = await ListCannedReplies.Of(db, caller).Where(r => r.Id == id).Select(r => r.Body).SingleOrDefaultAsync(cancellationToken);
        if (body is null || await ValuesAsync(db, caller, conversationId, cancellationToken) is not { } values)
        {
            return null;
        }

        return CannedVariables.Fill(body, values);
    }

    private static async Task<Dictionary<string, string>?> ValuesAsync(
        WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        var about = await db.Conversations.AsNoTracking()
            .Where(c => c.Id == conversationId)
            .Select(c => new
            {
                c.ContactId,
                c.NumberId,
                Number = c.Number.Name,
                c.Contact.GivenName,
                c.Contact.ProfileName,
                c.Contact.Phone,
                c.Contact.Username,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (about is null || !caller.MaySeeNumber(about.NumberId))
        {
            return null;
        }

        // A number or a username is no name to greet somebody by.
        var name = string.IsNullOrWhiteSpace(about.GivenName) ? about.ProfileName ?? "" : about.GivenName;
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var field in await FieldsAsync(db, about.ContactId, cancellationToken))
        {
            values[CannedVariables.KeyOf(field.Name)] = field.Value;
        }

        values[CannedVariables.KeyOf(CannedVariables.Name)] = name;
        values[CannedVariables.KeyOf(CannedVariables.FirstName)] = CannedVariables.FirstWord(name);
        values[CannedVariables.KeyOf(CannedVariables.Phone)] = about.Phone is { Length: > 0 } phone ? "+" + phone.TrimStart('+') : "";
        values[CannedVariables.KeyOf(CannedVariables.Username)] = about.Username ?? "";
        values[CannedVariables.KeyOf(CannedVariables.Agent)] = caller.Name;
        values[CannedVariables.KeyOf(CannedVariables.AgentFirstName)] = CannedVariables.FirstWord(caller.Name);
        values[CannedVariables.KeyOf(CannedVariables.Number)] = about.Number;
        return values;
    }

    private static async Task<List<FieldOf>> FieldsAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken) =>
        await db.ContactFieldValues.AsNoTracking()
            .Where(v => v.ContactId == contactId)
            .Join(db.ContactFields, v => v.FieldId, f => f.Id, (v, f) => new FieldOf(f.Name, v.Value))
            .ToListAsync(cancellationToken);

    private sealed record FieldOf(string Name, string Value);
}
