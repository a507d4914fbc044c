using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.CannedReplies;

/// <summary>What a variable of a text stands for in one conversation; empty when nothing is known.</summary>
public sealed record ContactWord(string Name, string Value);

/// <summary>What is known of a conversation's customer, for variables in texts: see <see cref="CannedVariables"/>.</summary>
public sealed class ReadContactWords(Store store)
{
    /// <returns>Null when the conversation is not there for the caller.</returns>
    public async Task<IReadOnlyList<ContactWord>?> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        return await ApplyAsync(db, caller, conversationId, cancellationToken);
    }

    /// <summary>For <see cref="CannedVariables.Fill"/>; of two of one name the later one counts.</summary>
    public static IReadOnlyDictionary<string, string> ByKey(IEnumerable<ContactWord> words)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var word in words)
        {
            values[CannedVariables.KeyOf(word.Name)] = word.Value;
        }

        return values;
    }

    internal static async Task<IReadOnlyList<ContactWord>?> ApplyAsync(
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

        var fields = await db.ContactFields.AsNoTracking()
            .OrderBy(f => f.Name)
            .Select(f => new ContactWord(
                f.Name, db.ContactFieldValues.Where(v => v.ContactId == about.ContactId && v.FieldId == f.Id).Select(v => v.Value).FirstOrDefault() ?? ""))
            .ToListAsync(cancellationToken);

        // A number or a username is no name to greet somebody by.
        var name = string.IsNullOrWhiteSpace(about.GivenName) ? about.ProfileName ?? "" : about.GivenName;
        return
        [
            .. fields,
            new ContactWord(CannedVariables.FirstName, CannedVariables.FirstWord(name)),
            new ContactWord(CannedVariables.Name, name),
            new ContactWord(CannedVariables.Phone, about.Phone is { Length: > 0 } phone ? "+" + phone.TrimStart('+') : ""),
            new ContactWord(CannedVariables.Username, about.Username ?? ""),
            new ContactWord(CannedVariables.Agent, caller.Name),
            new ContactWord(CannedVariables.AgentFirstName, CannedVariables.FirstWord(caller.Name)),
            new ContactWord(CannedVariables.Number, about.Number),
        ];
    }
}
