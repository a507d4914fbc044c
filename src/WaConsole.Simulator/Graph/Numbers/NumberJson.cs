using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>A number with every field the Graph API knows. Source: Meta, "Phone numbers", 2026.</summary>
internal static class NumberJson
{
    public static readonly string[] Defaults = ["id", "display_phone_number", "verified_name", "quality_rating"];

    public static JsonObject Of(BusinessNumber number, SimulatedWhatsApp world)
    {
        var account = world.Account;
        var written = new JsonObject
        {
            ["id"] = number.Id,
            ["display_phone_number"] = number.DisplayPhone,
            ["verified_name"] = number.VerifiedName,
            ["quality_rating"] = number.Quality,
            ["quality_score"] = new JsonObject { ["score"] = number.Quality },
            ["status"] = account.BanState == "DISABLE" ? "BANNED" : number.Status,
            ["name_status"] = number.NameStatus,
            ["new_name_status"] = number.NewNameStatus,
            ["code_verification_status"] = number.CodeVerification,
            ["platform_type"] = number.Registered ? "CLOUD_API" : "NOT_APPLICABLE",
            ["account_mode"] = number.AccountMode,
            ["throughput"] = new JsonObject { ["level"] = number.Registered ? number.Throughput : "NOT_APPLICABLE" },
            ["whatsapp_business_manager_messaging_limit"] = account.MessagingLimit,
            ["messaging_limit_tier"] = account.MessagingLimit,
            ["is_official_business_account"] = number.OfficialAccount,
            ["official_business_account"] = new JsonObject { ["oba_status"] = number.OfficialAccount ? "APPROVED" : "NOT_STARTED" },
            ["is_pin_enabled"] = number.PinSet,
            ["is_on_biz_app"] = number.OnBusinessApp,
            ["is_preverified_number"] = false,
            ["country_dial_code"] = DemoWorld.DialOf(number.Phone),
            ["country_code"] = DemoWorld.CountryOf(number.Phone),
            ["search_visibility"] = "VISIBLE",
            ["health_status"] = HealthJson.OfNumber(number, world),
            ["webhook_configuration"] = Webhooks(number, world),
            ["conversational_automation"] = Automation(number, world),
        };
        if (number.NewDisplayName is not null)
        {
            written["new_display_name"] = number.NewDisplayName;
        }

        if (number.OnboardedAt is { } at)
        {
            written["last_onboarded_time"] = at.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (number.Username is not null)
        {
            written["username"] = number.Username;
        }

        return written;
    }

    private static JsonObject Webhooks(BusinessNumber number, SimulatedWhatsApp world)
    {
        var written = new JsonObject();
        foreach (var (name, url) in new[]
        {
            ("phone_number", number.OverrideUrl), ("whatsapp_business_account", world.Account.OverrideUrl), ("application", world.Webhooks.Target),
        })
        {
            if (url is not null)
            {
                written[name] = url.ToString();
            }
        }

        return written;
    }

    private static JsonNode Automation(BusinessNumber number, SimulatedWhatsApp world)
    {
        var desk = world.DeskOf(number.Id);
        lock (desk.Gate)
        {
            return desk.Automation.DeepClone();
        }
    }
}
