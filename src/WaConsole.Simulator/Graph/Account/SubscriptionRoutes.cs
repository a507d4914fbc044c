using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Account;

/// <summary>Which app hears of the account, and where. Source: Meta, "Webhook overrides", 2025.</summary>
internal static class SubscriptionRoutes
{
    public static readonly string[] AllFields =
    [
        "messages", "message_template_status_update", "message_template_quality_update", "message_template_components_update",
        "template_category_update", "phone_number_quality_update", "phone_number_name_update", "account_update", "account_review_update",
        "account_alerts", "business_capability_update", "security", "user_preferences", "user_id_update", "business_username_updates",
        "history", "smb_app_state_sync", "smb_message_echoes", "partner_solutions", "payment_configuration_update", "automatic_events",
        "calls", "flows", "messaging_handovers", "standby", "group_lifecycle_update", "group_participants_update",
        "group_settings_update", "group_status_update", "account_settings_update", "template_correct_category_detection", "tracking_events",
    ];

    public static IResult List(string id, SimulatedWhatsApp world) => id == world.Options.BusinessAccountId
        ? GraphAccess.Json(new JsonObject { ["data"] = Apps(world) })
        : GraphAccess.NoSuchObject(id);

    /// <summary>Subscribes the token's app. With an address, <c>messages</c> go there from now on; without, that ends.</summary>
    public static async Task<IResult> SubscribeAsync(string id, GraphInput input, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var (address, refusal) = await OverrideAsync(
            input.Text("override_callback_uri", 200), input.Text("verify_token", 200), world, cancellationToken);
        if (refusal is not null)
        {
            input.Checks.Refuse(refusal);
        }

        return input.Answer(() =>
        {
            world.ChangeAccount(account => account with { Subscribed = true, OverrideUrl = address });
            return GraphAccess.Success();
        });
    }

    public static IResult Unsubscribe(string id, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "delete");
        }

        world.ChangeAccount(account => account with { Subscribed = false, OverrideUrl = null });
        return GraphAccess.Success();
    }

    public static IResult Fields(string id, SimulatedWhatsApp world) => id == world.Options.AppId
        ? GraphAccess.Json(new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["object"] = "whatsapp_business_account",
                ["callback_url"] = world.Webhooks.Target?.ToString(),
                ["active"] = true,
                ["fields"] = new JsonArray([.. AllFields.Select(field => new JsonObject { ["name"] = field, ["version"] = "v25.0" })]),
            }),
        })
        : GraphAccess.NoSuchObject(id);

    public static JsonArray Apps(SimulatedWhatsApp world)
    {
        if (!world.Account.Subscribed)
        {
            return [];
        }

        var app = new JsonObject
        {
            ["whatsapp_business_api_data"] = new JsonObject
            {
                ["id"] = world.Options.AppId,
                ["name"] = AccountRoutes.AppName,
                ["link"] = AccountRoutes.AppLink,
            },
        };
        if (world.Account.OverrideUrl is { } url)
        {
            app["override_callback_uri"] = url.ToString();
        }

        return [app];
    }

    /// <summary>Checks a new address the way Meta does: with the verification handshake.</summary>
    public static async Task<(Uri? Address, GraphError? Refusal)> OverrideAsync(
        string? address, string? verifyToken, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(address))
        {
            return (null, null);
        }

        return !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
                ? (null, GraphError.Of(100, "Param override_callback_uri is not a valid address."))
            : string.IsNullOrEmpty(verifyToken) ? (null, GraphError.Of(100, "The parameter verify_token is required."))
            : !await world.Webhooks.HandshakeAsync(url, verifyToken, cancellationToken)
                ? (null, GraphError.Of(2200, "The callback address did not answer the verification with its challenge."))
            : (url, null);
    }
}
