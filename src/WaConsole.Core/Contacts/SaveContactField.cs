using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary><see cref="Id"/> is null for a new field; the type of one that is there stays as it is.</summary>
public sealed record ContactFieldDraft(long? Id, string Name, ContactFieldType Type, IReadOnlyList<string> Choices);

public abstract record SaveContactFieldOutcome
{
    private SaveContactFieldOutcome()
    {
    }

    public sealed record Saved(ContactFieldView Field) : SaveContactFieldOutcome;

    public sealed record Refused(string Sentence) : SaveContactFieldOutcome;

    public sealed record NoSuchField : SaveContactFieldOutcome;
}

public sealed class ContactFieldDraftValidator : AbstractValidator<ContactFieldDraft>
{
    public const int MaxNameLength = 60;
    private const int MaxChoices = 100;

    public ContactFieldDraftValidator()
    {
        RuleFor(draft => draft.Name).Must(name => SearchWords.Fold(name).Length > 0).WithMessage(_ => Texts.Contacts.Of("FieldNameMissing"));
        RuleFor(draft => draft.Name).MaximumLength(MaxNameLength).WithMessage(_ => Texts.Contacts.Of("FieldNameTooLong", MaxNameLength));
        RuleFor(draft => draft.Type).IsInEnum().WithMessage(_ => Texts.Contacts.Of("FieldTypeUnknown"));
        RuleFor(draft => draft.Choices)
            .Must(choices => choices.Count is > 0 and <= MaxChoices && choices.All(choice => choice.Length <= ContactFieldRules.MaxLength))
            .When(draft => draft.Type == ContactFieldType.Choice)
            .WithMessage(_ => Texts.Contacts.Of("FieldChoices", MaxChoices));
    }
}

/// <summary>Makes a field of people or renames one. Admins only.</summary>
public sealed class SaveContactField(Store store, LiveUpdates live, TimeProvider clock)
{
    public const int MaxFields = 50;

    private static readonly ContactFieldDraftValidator Validator = new();

    public async Task<SaveContactFieldOutcome> RunAsync(Caller caller, ContactFieldDraft draft, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var known = draft.Id is { } id ? await db.ContactFields.SingleOrDefaultAsync(f => f.Id == id, cancellationToken) : null;
        if (draft.Id is not null && known is null)
        {
            return new SaveContactFieldOutcome.NoSuchField();
        }

        var wanted = Cleaned(draft) with { Type = known?.Type ?? draft.Type };
        if (Validator.Validate(wanted) is { IsValid: false, Errors: [var first, ..] })
        {
            return new SaveContactFieldOutcome.Refused(first.ErrorMessage);
        }

        var key = SearchWords.Fold(wanted.Name);
        if (await db.ContactFields.AnyAsync(f => f.NameKey == key && f.Id != wanted.Id, cancellationToken))
        {
            return Refused("FieldNameTaken", wanted.Name);
        }

        if (known is null && await db.ContactFields.CountAsync(cancellationToken) >= MaxFields)
        {
            return Refused("TooManyFields", MaxFields);
        }

        var field = known ?? new ContactField { Type = wanted.Type, CreatedAtUtc = clock.GetUtcNow().UtcDateTime };
        (field.Name, field.NameKey) = (wanted.Name, key);
        field.Choices = field.Type == ContactFieldType.Choice ? string.Join('\n', wanted.Choices) : "";
        if (known is null)
        {
            db.ContactFields.Add(field);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            return Refused("FieldNameTaken", wanted.Name);
        }

        live.Publish(new ContactFieldsChanged());
        return new SaveContactFieldOutcome.Saved(new ContactFieldView(field.Id, field.Name, field.Type, ContactFieldRules.ChoicesOf(field.Choices)));
    }

    private static ContactFieldDraft Cleaned(ContactFieldDraft draft) => draft with
    {
        Name = StoredText.Clean(draft.Name).Trim(),
        Choices = [.. draft.Choices
            .Select(choice => StoredText.Clean(choice).ReplaceLineEndings(" ").Trim())
            .Where(choice => SearchWords.Fold(choice).Length > 0)
            .DistinctBy(SearchWords.Fold, StringComparer.Ordinal)],
    };

    private static SaveContactFieldOutcome.Refused Refused(string name, object value) => new(Texts.Contacts.Of(name, value));
}
