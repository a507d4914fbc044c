using WaConsole.Simulator.Catalogue;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>What happens to the account: limits, bans, alerts, the token, the catalogue.</summary>
internal static class AccountControl
{
    public static async Task<IResult> ChangeAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<AccountBody>(request) is not { } body)
        {
            return ControlJson.Refused("Give the fields to change.");
        }

        var until = world.Clock.GetUtcNow() + (body.RestrictedFor ?? TimeSpan.FromDays(3));
        world.ChangeAccount(account => account with
        {
            ReviewStatus = body.ReviewStatus ?? account.ReviewStatus,
            VerificationStatus = body.VerificationStatus ?? account.VerificationStatus,
            MessagingLimit = body.MessagingLimit ?? account.MessagingLimit,
            HasPaymentMethod = body.HasPaymentMethod ?? account.HasPaymentMethod,
            PaymentsTermsAccepted = body.PaymentsTermsAccepted ?? account.PaymentsTermsAccepted,
            InsightsEnabled = body.InsightsEnabled ?? account.InsightsEnabled,
            MarketingOnCloudApiDisabled = body.MarketingOnCloudApiDisabled ?? account.MarketingOnCloudApiDisabled,
            MarketingOnboarding = body.MarketingOnboarding ?? account.MarketingOnboarding,
            CatalogConnected = body.CatalogConnected ?? account.CatalogConnected,
            BarredCountries = body.BarredCountries ?? account.BarredCountries,
            BanState = body.BanState is "REINSTATE" ? null : body.BanState ?? account.BanState,
            Restrictions = body.Restrictions is null
                ? account.Restrictions
                : [.. body.Restrictions.Select(type => new AccountRestriction(type, until))],
        });
        return ControlJson.Ok(new { account = world.Account });
    }

    public static async Task<IResult> AlertAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<AlertBody>(request) is not { Type.Length: > 0 } body)
        {
            return ControlJson.Refused("Give type, for example OBA_APPROVED; severity, description, entityType and entityId if wanted.");
        }

        world.Alert(body.Type, body.Severity ?? "WARNING", body.Description ?? "", body.EntityType ?? "BUSINESS", body.EntityId);
        return Results.NoContent();
    }

    /// <summary>What the token may do and until when. Nothing given: as at the start.</summary>
    public static async Task<IResult> TokenAsync(HttpRequest request, SimulatedWhatsApp world)
    {
        if (await ControlJson.ReadAsync<TokenBody>(request) is not { } body)
        {
            return ControlJson.Refused("Give scopes, expiresIn or both; {} for a token as at the start.");
        }

        if (body is { Scopes: null, ExpiresIn: null })
        {
            world.Token.Reset();
        }
        else
        {
            world.Token.Change(body.Scopes, body.ExpiresIn is { } life ? world.Clock.GetUtcNow() + life : null);
        }

        return ControlJson.Ok(new { scopes = world.Token.Scopes, expiresAt = world.Token.ExpiresAt });
    }

    public static async Task<IResult> PutProductAsync(HttpRequest request, SimulatedWhatsApp world) =>
        await ControlJson.ReadAsync<Product>(request) is { RetailerId.Length: > 0, Name.Length: > 0, Price: > 0 } product
            ? ControlJson.Ok(world.Catalog.Put(product with { Id = product.Id ?? "", Currency = product.Currency ?? world.Account.Currency }))
            : ControlJson.Refused("Give retailerId, name and price; currency, inStock and approved if wanted.");

    private sealed record AccountBody(
        string? ReviewStatus,
        string? VerificationStatus,
        string? MessagingLimit,
        bool? HasPaymentMethod,
        bool? PaymentsTermsAccepted,
        bool? InsightsEnabled,
        bool? MarketingOnCloudApiDisabled,
        string? MarketingOnboarding,
        bool? CatalogConnected,
        IReadOnlyList<string>? BarredCountries,
        string? BanState,
        IReadOnlyList<string>? Restrictions,
        TimeSpan? RestrictedFor);

    private sealed record AlertBody(string? Type, string? Severity, string? Description, string? EntityType, string? EntityId);

    private sealed record TokenBody(IReadOnlyList<string>? Scopes, TimeSpan? ExpiresIn);
}
