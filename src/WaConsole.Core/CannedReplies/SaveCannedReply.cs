using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.CannedReplies;

/// <summary><see cref="Id"/> is null for a new one. <see cref="IsShared"/>: for everybody, which only admins may make.</summary>
public sealed record CannedReplyDraft(long? Id, string Shortcut, string Body, bool IsShared);

public abstract record SaveCannedReplyOutcome
{
    private SaveCannedReplyOutcome()
    {
    }

    public sealed record Saved(long Id) : SaveCannedReplyOutcome;

    public sealed record Refused(string Sentence) : SaveCannedReplyOutcome;

    public sealed record NoSuchReply : SaveCannedReplyOutcome;
}

public sealed class CannedReplyDraftValidator : AbstractValidator<CannedReplyDraft>
{
    public const int MaxShortcut = 40;

    /// <summary>What one WhatsApp text holds (Meta, Text messages, 2026).</summary>
    public const int MaxBody = 4096;

    public CannedReplyDraftValidator()
    {
        RuleFor(draft => draft.Shortcut).Cascade(CascadeMode.Stop)
            .Must(shortcut => SearchWords.Fold(shortcut).Length > 0).WithMessage(_ => Texts.CannedReplies.Of("ShortcutMissing"))
            .MaximumLength(MaxShortcut).WithMessage(_ => Texts.CannedReplies.Of("ShortcutTooLong", MaxShortcut))
            .Must(shortcut => !shortcut.Any(char.IsWhiteSpace)).WithMessage(_ => Texts.CannedReplies.Of("ShortcutHasSpaces"));
        RuleFor(draft => draft.Body).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage(_ => Texts.CannedReplies.Of("BodyMissing"))
            .MaximumLength(MaxBody).WithMessage(_ => Texts.CannedReplies.Of("BodyTooLong", MaxBody));
    }
}

/// <summary>Makes or changes a canned reply. A variable nobody could fill is refused here rather than met in front of a customer.</summary>
public sealed class SaveCannedReply(Store store, LiveUpdates live, TimeProvider clock)
{
    /// <summary>For one owner: the menu is searched in the browser.</summary>
    public const int MaxReplies = 500;

    private static readonly CannedReplyDraftValidator Validator = new();

    public async Task<SaveCannedReplyOutcome> RunAsync(Caller caller, CannedReplyDraft draft, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (draft.IsShared)
        {
            caller.MustBeAdmin();
        }

        var wanted = draft with { Shortcut = StoredText.Clean(draft.Shortcut).Trim().TrimStart('/'), Body = StoredText.Clean(draft.Body).Trim() };
        if (Validator.Validate(wanted).Problem() is { } problem)
        {
            return new SaveCannedReplyOutcome.Refused(problem);
        }

        if ((draft.IsShared ? Owned.ByEverybody : caller.AgentId) is not { } owner)
        {
            return new SaveCannedReplyOutcome.Refused(Texts.CannedReplies.Of("NobodysOwn"));
        }

        await using var db = await store.OpenAsync(cancellationToken);
        if (await UnknownAsync(db, wanted.Body, cancellationToken) is { } unknown)
        {
            return new SaveCannedReplyOutcome.Refused(unknown);
        }

        var reply = wanted.Id is { } id ? await ListCannedReplies.Of(db, caller).SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : new CannedReply();
        if (reply is null || (wanted.Id is not null && !Owned.MayChange(caller, reply.OwnerId)))
        {
            return new SaveCannedReplyOutcome.NoSuchReply();
        }

        if ((wanted.Id is null || reply.OwnerId != owner)
            && await db.CannedReplies.CountAsync(r => r.OwnerId == owner, cancellationToken) >= MaxReplies)
        {
            return new SaveCannedReplyOutcome.Refused(Texts.CannedReplies.Of("TooMany", MaxReplies));
        }

        if (wanted.Id is null)
        {
            db.CannedReplies.Add(reply);
        }

        (reply.OwnerId, reply.Shortcut, reply.ShortcutKey) = (owner, wanted.Shortcut, SearchWords.Fold(wanted.Shortcut));
        (reply.Body, reply.ChangedAtUtc) = (wanted.Body, clock.GetUtcNow().UtcDateTime);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            return new SaveCannedReplyOutcome.Refused(Texts.CannedReplies.Of("ShortcutTaken", wanted.Shortcut));
        }

        live.Publish(new CannedRepliesChanged());
        return new SaveCannedReplyOutcome.Saved(reply.Id);
    }

    private static async Task<string?> UnknownAsync(WaConsoleDb db, string body, CancellationToken cancellationToken)
    {
        var used = CannedVariables.In(body);
        if (used.Count == 0)
        {
            return null;
        }

        var fields = (await ListContactFields.ReadAsync(db, cancellationToken)).Select(field => field.Name);
        var known = CannedVariables.Known.Concat(fields).Select(CannedVariables.KeyOf).ToHashSet(StringComparer.Ordinal);
        var unknown = used.FirstOrDefault(name => !known.Contains(CannedVariables.KeyOf(name)));
        return unknown is null ? null : Texts.CannedReplies.Of("VariableUnknown", unknown);
    }
}
