using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Account;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>What can be set on a number itself: PIN, name, webhook address, identity check, storage, badge.</summary>
internal static class NumberSettingsRoutes
{
    private static readonly string[] Regions = ["AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"];

    /// <summary><c>POST /{number}</c>.</summary>
    public static async Task<IResult> ChangeAsync(BusinessNumber number, GraphInput input, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        var pin = input.Text("pin", 64);
        if (pin is not null && (pin.Length != 6 || !pin.All(char.IsAsciiDigit)))
        {
            input.Checks.Refuse(100, "Param pin must have six digits.");
        }

        var name = input.Text("new_display_name", 128);
        if (name is not null && name.Trim().Length < 3)
        {
            input.Checks.Refuse(100, "Param new_display_name must have three characters at least.");
        }

        var configuration = SendChecks.Member(input.Body, "webhook_configuration");
        var address = SendChecks.Member(configuration, "override_callback_uri");
        Uri? overrideUrl = null;
        if (configuration.ValueKind == JsonValueKind.Object)
        {
            (overrideUrl, var refusal) = await SubscriptionRoutes.OverrideAsync(
                address.ValueKind == JsonValueKind.String ? address.GetString() : null,
                SendChecks.Member(configuration, "verify_token").ToString(), world, cancellationToken);
            if (refusal is not null)
            {
                input.Checks.Refuse(refusal);
            }
        }

        if (pin is null && name is null && configuration.ValueKind != JsonValueKind.Object && !input.Has("search_visibility"))
        {
            input.Checks.Refuse(100, "Nothing to change was given.");
        }

        return input.Answer(() =>
        {
            var desk = world.DeskOf(number.Id);
            lock (desk.Gate)
            {
                desk.Pin = pin ?? desk.Pin;
            }

            world.ChangeNumber(number.Id, n => n with
            {
                PinSet = n.PinSet || pin is not null,
                NewDisplayName = name?.Trim() ?? n.NewDisplayName,
                NewNameStatus = name is null ? n.NewNameStatus : "PENDING_REVIEW",
                OverrideUrl = configuration.ValueKind == JsonValueKind.Object ? overrideUrl : n.OverrideUrl,
            });
            if (pin is not null)
            {
                world.Tell("security", new JsonObject { ["display_phone_number"] = number.Phone, ["event"] = "PIN_CHANGED" });
            }

            return GraphAccess.Success();
        });
    }

    public static IResult Get(string id, SimulatedWhatsApp world) => world.FindNumber(id) is { } number
        ? GraphAccess.Json(new JsonObject
        {
            ["storage_configuration"] = number.StorageRegion is null
                ? new JsonObject { ["status"] = "DEFAULT" }
                : new JsonObject { ["status"] = "IN_COUNTRY_STORAGE_ENABLED", ["data_localization_region"] = number.StorageRegion },
            ["user_identity_change"] = new JsonObject { ["enable_identity_key_check"] = number.IdentityCheck },
            ["calling"] = new JsonObject { ["status"] = "ENABLED" },
            ["id"] = id,
        })
        : GraphAccess.NoSuchObject(id);

    public static IResult Post(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var identity = input.Checks.Object(input.Body, "user_identity_change", "settings", required: false);
        var storage = input.Checks.Object(input.Body, "storage_configuration", "settings", required: false);
        var region = SendChecks.Member(storage, "data_localization_region").ToString();
        if (storage.ValueKind == JsonValueKind.Object)
        {
            if (number.Registered)
            {
                input.Checks.Refuse(100, "Storage can only be chosen while the number is not registered.");
            }

            if (SendChecks.Is(storage, "status", "IN_COUNTRY_STORAGE_ENABLED") && !Regions.Contains(region))
            {
                input.Checks.Refuse(100, "Param data_localization_region is not one of the regions.");
            }
        }

        var check = input.Checks.Flag(identity, "enable_identity_key_check", "user_identity_change");
        return input.Answer(() =>
        {
            world.ChangeNumber(id, n => n with
            {
                IdentityCheck = identity.ValueKind == JsonValueKind.Object ? check : n.IdentityCheck,
                StorageRegion = storage.ValueKind == JsonValueKind.Object ? (region.Length > 0 ? region : null) : n.StorageRegion,
            });
            return GraphAccess.Success();
        });
    }

    /// <summary>Asks for the badge; an answer comes by control or never.</summary>
    public static IResult AskForBadge(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        foreach (var name in (string[])["business_website_url", "primary_country_of_operation"])
        {
            input.Text(name, 2048, required: true);
        }

        if (input.List("supporting_links").Count > 5)
        {
            input.Checks.Refuse(100, "Param supporting_links holds five links at most.");
        }

        if (number.NameStatus != "APPROVED" || world.Account.VerificationStatus != "verified" || !number.PinSet)
        {
            input.Checks.Refuse(100, "The badge needs a verified business, an approved name and two-step verification.");
        }

        return input.Answer(GraphAccess.Success);
    }

    public static IResult ForgetContact(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "delete");
        }

        string? userId = request.Query["bsuid"];
        return string.IsNullOrEmpty(userId)
            ? GraphAccess.Answer(GraphError.Of(100, "The parameter bsuid is required."))
            : GraphAccess.Json(new JsonObject { ["success"] = true, ["deleted"] = world.ForgetNumber(userId) });
    }

    /// <summary>Coexistence: asks for the chats or the address book, once and within 24 hours of onboarding.</summary>
    public static IResult Sync(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        input.MustBeWhatsApp();
        var type = input.Text("sync_type", 32, required: true);
        if (type is not (null or "history" or "smb_app_state_sync"))
        {
            input.Checks.Refuse(100, "Param sync_type must be history or smb_app_state_sync.");
        }

        if (!number.OnBusinessApp)
        {
            input.Checks.Refuse(100, "The number does not live in the WhatsApp Business app.");
        }

        if (number.OnboardedAt + TimeSpan.FromHours(24) < world.Clock.GetUtcNow())
        {
            input.Checks.Refuse(2593108, "History can be asked for within 24 hours of onboarding.");
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            if (!input.Checks.Failed && !desk.SyncsRequested.Add(type!))
            {
                input.Checks.Refuse(2593107, "This was asked for already.");
            }
        }

        return input.Answer(() =>
        {
            if (type == "history")
            {
                world.TellHistory(id);
            }
            else
            {
                world.TellContacts(id);
            }

            return GraphAccess.Json(new JsonObject { ["messaging_product"] = "whatsapp", ["request_id"] = Guid.CreateVersion7().ToString("N") });
        });
    }

    public static IResult CallPermissions(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        string? who = request.Query["user_wa_id"];
        return world.FindNumber(id) is null || string.IsNullOrEmpty(who) || world.FindByPhone(who) is not { } customer
            ? GraphAccess.NoSuchObject(id)
            : GraphAccess.Json(new JsonObject { ["messaging_product"] = "whatsapp", ["permission"] = world.CallPermission(id, customer.Id) });
    }
}
