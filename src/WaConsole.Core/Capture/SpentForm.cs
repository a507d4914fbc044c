using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

/// <summary>A public form as it was handed out: it counts once. <see cref="ExpiresAtUtc"/>: from then on nobody takes it anyway.</summary>
public sealed record HandedOutForm(Guid Id, DateTime ExpiresAtUtc);

/// <summary>A form that was sent.</summary>
internal sealed class SpentForm
{
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the form and what was sent with it, in hex: the same once more is known, and nobody is named.</summary>
    public string SentHash { get; set; } = "";

    public DateTime ExpiresAtUtc { get; set; }
}

internal enum FormUse
{
    First = 1,

    /// <summary>Sent before with the same in it: reloaded, or pressed twice.</summary>
    Repeated = 2,

    /// <summary>Sent before with something else in it.</summary>
    Spent = 3,
}

/// <summary>Spends a form in the caller's transaction, so that any number of nodes take it once. Who loses a race meets the key and looks again.</summary>
internal static class SpendForm
{
    private const int ForgottenAtOnce = 100;

    public static async Task<FormUse> ApplyAsync(WaConsoleDb db, HandedOutForm? form, string sent, DateTime now, CancellationToken cancellationToken)
    {
        if (form is null)
        {
            return FormUse.First;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{form.Id:N}|{sent}")));
        if (await db.SpentForms.Where(f => f.Id == form.Id).Select(f => f.SentHash).SingleOrDefaultAsync(cancellationToken) is { } before)
        {
            return before == hash ? FormUse.Repeated : FormUse.Spent;
        }

        var over = await db.SpentForms.Where(f => f.ExpiresAtUtc < now).OrderBy(f => f.ExpiresAtUtc).Take(ForgottenAtOnce).Select(f => f.Id).ToListAsync(cancellationToken);
        if (over.Count > 0)
        {
            await db.SpentForms.Where(f => over.Contains(f.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        db.SpentForms.Add(new SpentForm { Id = form.Id, SentHash = hash, ExpiresAtUtc = form.ExpiresAtUtc });
        await db.SaveChangesAsync(cancellationToken);
        return FormUse.First;
    }
}
