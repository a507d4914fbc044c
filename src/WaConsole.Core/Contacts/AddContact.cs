using Microsoft.EntityFrameworkCore;
using PhoneNumbers;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

public abstract record AddContactOutcome
{
    private AddContactOutcome()
    {
    }

    /// <summary><see cref="New"/> is false when somebody with this number was there already; the name they had is kept.</summary>
    public sealed record Added(long ContactId, bool New) : AddContactOutcome;

    public sealed record Refused(string Sentence) : AddContactOutcome;
}

/// <summary>Adds a person by phone number, from a contact card in a thread or by hand.</summary>
public sealed class AddContact
{
    private const int Tries = 3;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal AddContact(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<AddContactOutcome> RunAsync(Caller caller, string name, string phone, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var clean = StoredText.Clean(name, EditContact.MaxNameLength).ReplaceLineEndings(" ").Trim();
        if (DigitsOf(phone) is not { } digits)
        {
            return new AddContactOutcome.Refused(Texts.Contacts.Of("InvalidPhone"));
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var added = await AddAsync(digits, clean, cancellationToken);
                _live.Publish(new ContactChanged(added.ContactId));
                return added;
            }
            catch (DbUpdateException fault) when (fault.IsConflict && attempt < Tries)
            {
                // The same person wrote, or was added, at this very moment: the next look finds them.
            }
        }
    }

    private async Task<AddContactOutcome.Added> AddAsync(string digits, string name, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var contact = await ResolveContact.ApplyAsync(db, new PersonIdentity("", Phone: digits), _clock.GetUtcNow().UtcDateTime, cancellationToken);
        var isNew = contact.Id == 0;
        if (name.Length > 0 && contact is { GivenName: null, ProfileName.Length: 0 })
        {
            contact.GivenName = name;
            contact.SearchText = ContactSearchText.Of(contact);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddContactOutcome.Added(contact.Id, isNew);
    }

    private static string? DigitsOf(string phone)
    {
        var digits = PhoneMatchKey.Digits(phone);
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var parsed = util.Parse("+" + digits, defaultRegion: null);
            return util.IsPossibleNumber(parsed) ? util.Format(parsed, PhoneNumberFormat.E164)[1..] : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
