using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>Deletes a draft with its versions. Its files go with the other uploads nobody sent; what was submitted stays at WhatsApp.</summary>
public sealed class DeleteTemplateDraft(Store store, LiveUpdates live)
{
    /// <returns>False when there is none the caller sees.</returns>
    public async Task<bool> RunAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await store.OpenAsync(cancellationToken);
        if (await TemplateAccess.DraftAsync(db, caller, id, cancellationToken) is not { } draft)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TemplateDraftFiles.Where(f => f.DraftId == id).ExecuteDeleteAsync(cancellationToken);
        await db.TemplateDraftVersions.Where(v => v.DraftId == id).ExecuteDeleteAsync(cancellationToken);
        await db.TemplateDrafts.Where(d => d.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish(new TemplatesChanged(draft.BusinessAccountId));
        return true;
    }
}
