using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Labels;

/// <summary><see cref="Id"/> is null for a new label.</summary>
public sealed record LabelDraft(long? Id, string Name, LabelColour Colour);

public abstract record SaveLabelOutcome
{
    private SaveLabelOutcome()
    {
    }

    public sealed record Saved(LabelView Label) : SaveLabelOutcome;

    public sealed record Refused(string Sentence) : SaveLabelOutcome;

    public sealed record NoSuchLabel : SaveLabelOutcome;
}

public sealed class LabelDraftValidator : AbstractValidator<LabelDraft>
{
    public const int MaxNameLength = 40;

    public LabelDraftValidator()
    {
        RuleFor(draft => draft.Name).Must(name => SearchWords.Fold(name).Length > 0).WithMessage(_ => Texts.Labels.Of("NameMissing"));
        RuleFor(draft => draft.Name).MaximumLength(MaxNameLength).WithMessage(_ => Texts.Labels.Of("NameTooLong", MaxNameLength));
        RuleFor(draft => draft.Colour).IsInEnum().WithMessage(_ => Texts.Labels.Of("ColourUnknown"));
    }
}

/// <summary>Makes a label, or gives one another name or colour. Agents and admins.</summary>
public sealed class SaveLabel(Store store, LiveUpdates live, TimeProvider clock)
{
    /// <summary>A menu with more is a list nobody reads.</summary>
    public const int MaxLabels = 200;

    private static readonly LabelDraftValidator Validator = new();

    public async Task<SaveLabelOutcome> RunAsync(Caller caller, LabelDraft draft, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var wanted = draft with { Name = StoredText.Clean(draft.Name).Trim() };
        if (Validator.Validate(wanted) is { IsValid: false, Errors: [var first, ..] })
        {
            return new SaveLabelOutcome.Refused(first.ErrorMessage);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var key = SearchWords.Fold(wanted.Name);
        if (await db.Labels.AnyAsync(l => l.NameKey == key && l.Id != wanted.Id, cancellationToken))
        {
            return Taken(wanted.Name);
        }

        var label = await FindOrAddAsync(db, wanted.Id, cancellationToken);
        if (label is null)
        {
            return wanted.Id is null
                ? new SaveLabelOutcome.Refused(Texts.Labels.Of("TooMany", MaxLabels))
                : new SaveLabelOutcome.NoSuchLabel();
        }

        (label.Name, label.NameKey, label.Colour) = (wanted.Name, key, wanted.Colour);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // Somebody gave the same name to a label at this very moment.
            return Taken(wanted.Name);
        }

        live.Publish(new LabelsChanged());
        return new SaveLabelOutcome.Saved(new LabelView(label.Id, label.Name, label.Colour));
    }

    private async Task<Label?> FindOrAddAsync(WaConsoleDb db, long? id, CancellationToken cancellationToken)
    {
        if (id is { } known)
        {
            return await db.Labels.SingleOrDefaultAsync(l => l.Id == known, cancellationToken);
        }

        if (await db.Labels.CountAsync(cancellationToken) >= MaxLabels)
        {
            return null;
        }

        var label = new Label { CreatedAtUtc = clock.GetUtcNow().UtcDateTime };
        db.Labels.Add(label);
        return label;
    }

    private static SaveLabelOutcome.Refused Taken(string name) => new(Texts.Labels.Of("NameTaken", name));
}
