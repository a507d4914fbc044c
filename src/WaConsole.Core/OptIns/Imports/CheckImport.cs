using Microsoft.EntityFrameworkCore;
using PhoneNumbers;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

public abstract record CheckImportOutcome
{
    private CheckImportOutcome()
    {
    }

    public sealed record Begun : CheckImportOutcome;

    public sealed record Refused(string Sentence) : CheckImportOutcome;

    public sealed record NoSuchImport : CheckImportOutcome;
}

/// <summary>
/// Says what the columns mean and on what the consent stands, and has every row looked at. Nothing is written into the registry. How the
/// people agreed, by which words, for whom, on which basis and what proves it is asked for; without all of it there is no import.
/// </summary>
public sealed class CheckImport
{
    private static readonly ConsentSource[] Origins =
    [
        ConsentSource.Website, ConsentSource.SmsOrEmail, ConsentSource.Transaction, ConsentSource.InStore, ConsentSource.SignUpForm, ConsentSource.Phone,
        ConsentSource.Paper, ConsentSource.WhatsAppMessage,
    ];

    private readonly Store _store;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal CheckImport(Store store, LiveUpdates live, TimeProvider clock)
    {
        (_store, _live, _clock) = (store, live, clock);
    }

    /// <summary>Ways of agreeing outside this program.</summary>
    public static IReadOnlyList<ConsentSource> PossibleOrigins => Origins;

    /// <summary>ISO countries a phone number may be of.</summary>
    public static IReadOnlyList<string> PossibleCountries { get; } = [.. PhoneNumberUtil.GetInstance().GetSupportedRegions().Order(StringComparer.Ordinal)];

    public async Task<CheckImportOutcome> RunAsync(Caller caller, long importId, ImportTerms terms, CancellationToken cancellationToken)
    {
        caller.MustImport();
        var now = _clock.GetUtcNow().UtcDateTime;
        if (Problem(terms, now) is { } problem)
        {
            return new CheckImportOutcome.Refused(Texts.Imports.Of(problem));
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        var numbers = (await db.Numbers.AsNoTracking().Select(n => new { n.Id, n.DisplayPhoneNumber, n.PhoneNumberId, n.Name }).ToListAsync(cancellationToken))
            .Where(number => caller.MaySeeNumber(number.Id)).ToList();
        if (terms.NumberId is { } wanted && numbers.All(number => number.Id != wanted))
        {
            return new CheckImportOutcome.Refused(Texts.OptIns.Of("NoSuchNumber"));
        }

        // A name that two numbers share says nothing.
        var called = numbers
            .SelectMany(number => new[] { PhoneMatchKey.Digits(number.DisplayPhoneNumber), number.PhoneNumberId, number.Name.Trim().ToUpperInvariant() }
                .Where(name => name.Length > 0).Distinct().Select(name => (Name: name, number.Id)))
            .GroupBy(name => name.Name).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First().Id);
        var zone = terms.TimeZone.Trim() is { Length: > 0 } told ? told : await ImportZone.UsualAsync(db, terms.NumberId, cancellationToken) ?? TimeZoneInfo.Utc.Id;
        var json = (Cleaned(terms) with { TimeZone = zone, Numbers = called }).Write();
        var begun = await db.ConsentImports
            .Where(i => i.Id == importId && i.FileKey != null && (i.State == ImportState.Uploaded || i.State == ImportState.Checked))
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.TermsJson, json).SetProperty(i => i.State, ImportState.Checking).SetProperty(i => i.TotalRows, (int?)null)
                    .SetProperty(i => i.Rows, 0).SetProperty(i => i.Share, 0).SetProperty(i => i.Added, 0).SetProperty(i => i.Known, 0).SetProperty(i => i.Refused, 0)
                    .SetProperty(i => i.PhaseAtUtc, (DateTime?)null).SetProperty(i => i.LeasedUntilUtc, now),
                cancellationToken);
        if (begun == 0)
        {
            return new CheckImportOutcome.NoSuchImport();
        }

        _live.Publish(new ImportChanged(importId));
        return new CheckImportOutcome.Begun();
    }

    private static ImportTerms Cleaned(ImportTerms terms) => terms with
    {
        BusinessName = StoredText.Clean(terms.BusinessName.Trim(), 200),
        WordingText = StoredText.Clean(terms.WordingText, 4_000),
        WordingLanguage = StoredText.Clean(terms.WordingLanguage.Trim(), 16),
        Evidence = StoredText.Clean(terms.Evidence.Trim(), 1_000),
        PrivacyVersion = StoredText.Clean(terms.PrivacyVersion.Trim(), 64),
        Jurisdiction = StoredText.Clean(terms.Jurisdiction.Trim(), 8).ToUpperInvariant(),
    };

    private static string? Problem(ImportTerms terms, DateTime now) => terms switch
    {
        { PhoneColumn: null } => "PhoneColumn",
        _ when Columns(terms).Any(column => column is < 0 or >= Sheet.MostColumns) => "ColumnUnknown",
        _ when Columns(terms).Distinct().Count() != Columns(terms).Count() => "ColumnTwice",
        { PhoneCountry: var country } when !PossibleCountries.Contains(country) => "PhoneCountry",
        { Origin: var origin } when origin is not { } how || !Origins.Contains(how) => "Origin",
        _ when !Enum.IsDefined(terms.Purpose) || !Enum.IsDefined(terms.Basis) || !Enum.IsDefined(terms.Dates) => "UnknownKind",
        { TimeZone: var zone } when zone.Trim() is { Length: > 0 } told && (told.Length > Agent.MaxTimeZone || !TimeZoneInfo.TryFindSystemTimeZoneById(told, out _)) => "TimeZone",
        { Jurisdiction: var law } when law.Trim().Length is 1 or > 8 => "Jurisdiction",
        { ExpiresAtUtc: { } expires } when expires <= now => "ExpiresInPast",
        { BusinessColumn: null, BusinessName: var business } when business.Trim().Length == 0 => "Business",
        { WordingText: var words } when words.Trim().Length == 0 => "Wording",
        { EvidenceColumn: null, Evidence: var evidence } when evidence.Trim().Length == 0 => "Evidence",
        { DateColumn: null, AtUtc: null } => "Date",
        { AtUtc: { } at } when at > now => "DateInFuture",
        _ => null,
    };

    private static IEnumerable<int> Columns(ImportTerms terms) =>
        new[]
        {
            terms.PhoneColumn, terms.NameColumn, terms.DateColumn, terms.EvidenceColumn, terms.NumberColumn, terms.BusinessColumn, terms.PrivacyColumn,
            terms.ExpiryColumn,
        }.OfType<int>();
}
