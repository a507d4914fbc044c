using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WaConsole.Core.Capture;

namespace WaConsole.Web.PublicPages;

internal enum SealState
{
    Good,

    /// <summary>Nobody fills in a form that fast.</summary>
    TooSoon,

    /// <summary>From yesterday, from another page, or made up.</summary>
    Over,
}

/// <summary>
/// What a public form carries to show that it was opened here and some seconds ago, and what stood in it. It keeps programs out that post
/// without looking, without a cookie and without asking a third party. Each has an id, by which it is taken once.
/// </summary>
internal sealed class FormSeal(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Most = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("WaConsole.PublicForm");

    public string Make(string what) => _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcTicks}|{Guid.CreateVersion7():N}|{what}"));

    /// <returns>What was sealed, when it is good.</returns>
    public (SealState State, string? What, HandedOutForm? Form) Read(string? seal)
    {
        if (Open(seal)?.Split('|', 3) is not [var ticks, var id, var what]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var made)
            || !Guid.TryParseExact(id, "N", out var form))
        {
            return (SealState.Over, null, null);
        }

        var age = TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - made);
        var state = age > Most ? SealState.Over : age < Least ? SealState.TooSoon : SealState.Good;
        return (state, what, new HandedOutForm(form, new DateTime(made, DateTimeKind.Utc) + Most));
    }

    private string? Open(string? seal)
    {
        try
        {
            return seal is { Length: > 0 and < 2_000 } ? _protector.Unprotect(seal) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
