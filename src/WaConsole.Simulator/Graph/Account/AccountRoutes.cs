using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Numbers;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Account;

/// <summary>The business account: its fields, its numbers, and what a token may do.</summary>
internal static class AccountRoutes
{
    public const string AppName = "Alder & Oak console";
    public const string AppLink = "https://alder-oak.example/";

    private static readonly string[] Defaults = ["id", "name", "timezone_id", "message_template_namespace"];

    public static IResult Get(HttpRequest request, SimulatedWhatsApp world, string[]? fields)
    {
        var account = Describe(world);
        foreach (var field in GraphFields.Split(request.Query["fields"].ToString()))
        {
            if (AnalyticsQuery.Parse(field.Trim()) is { } query)
            {
                if (query.Refusal(world.Clock.GetUtcNow()) is { } refusal)
                {
                    return GraphAccess.Answer(refusal);
                }

                account[query.Metric] = AccountAnalytics.Of(query, world);
            }
        }

        return GraphAccess.Json(GraphFields.Pick(account, fields ?? Defaults));
    }

    public static IResult Change(GraphInput input, SimulatedWhatsApp world)
    {
        if (input.Has("is_enabled_for_insights") && !input.Flag("is_enabled_for_insights"))
        {
            input.Checks.Refuse(GraphError.Under100(200006, "Template insights cannot be switched off again."));
        }

        return input.Answer(() =>
        {
            world.ChangeAccount(account => account with
            {
                Name = input.Text("name", 200) ?? account.Name,
                InsightsEnabled = account.InsightsEnabled || input.Has("is_enabled_for_insights"),
                MarketingOnCloudApiDisabled = input.Has("disable_marketing_messages_on_cloud_api")
                    ? input.Flag("disable_marketing_messages_on_cloud_api")
                    : account.MarketingOnCloudApiDisabled,
            });
            return GraphAccess.Json(new JsonObject { ["id"] = world.Options.BusinessAccountId, ["success"] = true });
        });
    }

    public static IResult Numbers(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var fields = GraphFields.Of(request) ?? NumberJson.Defaults;
        var numbers = world.Numbers.Where(number => Filter(request, number));
        return GraphPages.Paged(request, world, [.. numbers.Select(number => GraphFields.Pick(NumberJson.Of(number, world), fields))]);
    }

    public static IResult AddNumber(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var country = input.Text("cc", 4, required: true);
        var phone = input.Text("phone_number", 20, required: true);
        var name = input.Text("verified_name", 100, required: true);
        var digits = SimulatedWhatsApp.Digits($"{country}{phone}");
        if (digits is null)
        {
            input.Checks.Refuse(100, "Params cc and phone_number do not make a phone number.");
        }

        if (world.Account.Restrictions.Any(restriction => restriction.Type == "RESTRICTED_ADD_PHONE_NUMBER_ACTION" && restriction.Until > world.Clock.GetUtcNow()))
        {
            input.Checks.Refuse(368, "The account may not add phone numbers at present.");
        }

        return input.Answer(() => world.AddNumber(digits!, name!) is { } added
            ? GraphAccess.Json(new JsonObject { ["id"] = added.Id })
            : GraphAccess.Answer(GraphError.Under100(2388012, "The phone number is in this account already.")));
    }

    public static IResult DebugToken(HttpRequest request, SimulatedWhatsApp world)
    {
        var token = world.Token;
        string? asked = request.Query["input_token"];
        if (string.IsNullOrEmpty(asked))
        {
            return GraphAccess.Answer(GraphError.Of(100, "The parameter input_token is required."));
        }

        if (asked != token.Token)
        {
            return GraphAccess.Json(new JsonObject
            {
                ["data"] = new JsonObject
                {
                    ["is_valid"] = false,
                    ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token." },
                    ["scopes"] = new JsonArray(),
                },
            });
        }

        return GraphAccess.Json(new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["app_id"] = world.Options.AppId,
                ["type"] = "SYSTEM_USER",
                ["application"] = AppName,
                ["data_access_expires_at"] = 0,
                ["expires_at"] = token.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
                ["is_valid"] = !(token.ExpiresAt <= world.Clock.GetUtcNow()),
                ["issued_at"] = 1761955200,
                ["scopes"] = new JsonArray([.. token.Scopes.Select(scope => (JsonNode)scope)]),
                ["granular_scopes"] = new JsonArray([.. token.Scopes.Where(scope => scope.StartsWith("whatsapp", StringComparison.Ordinal))
                    .Select(scope => new JsonObject { ["scope"] = scope, ["target_ids"] = new JsonArray(world.Options.BusinessAccountId) })]),
                ["user_id"] = "770000000000001",
            },
        });
    }

    // filtering=[{"field":"account_mode","operator":"EQUAL","value":"SANDBOX"}]
    private static bool Filter(HttpRequest request, BusinessNumber number)
    {
        string? filtering = request.Query["filtering"];
        if (string.IsNullOrEmpty(filtering))
        {
            return true;
        }

        try
        {
            return JsonNode.Parse(filtering) is not JsonArray all || all.All(filter =>
                filter?["field"]?.GetValue<string>() != "account_mode" || filter["value"]?.GetValue<string>() == number.AccountMode);
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or InvalidOperationException)
        {
            return true;
        }
    }

    private static JsonObject Describe(SimulatedWhatsApp world)
    {
        var account = world.Account;
        return new JsonObject
        {
            ["id"] = world.Options.BusinessAccountId,
            ["name"] = account.Name,
            ["status"] = account.BanState == "DISABLE" ? "DISABLED" : "ACTIVE",
            ["timezone_id"] = "42",
            ["currency"] = account.Currency,
            ["country"] = account.Country,
            ["message_template_namespace"] = "a1d3_0a4b",
            ["account_review_status"] = account.ReviewStatus,
            ["business_verification_status"] = account.VerificationStatus,
            ["ownership_type"] = "SELF",
            ["primary_business_location"] = account.Country,
            ["owner_business_info"] = new JsonObject { ["id"] = account.PortfolioId, ["name"] = account.Name },
            ["is_enabled_for_insights"] = account.InsightsEnabled,
            ["marketing_messages_onboarding_status"] = account.MarketingOnboarding,
            ["marketing_messages_lite_api_status"] = account.MarketingOnboarding,
            ["disable_marketing_messages_on_cloud_api"] = account.MarketingOnCloudApiDisabled,
            ["whatsapp_business_manager_messaging_limit"] = account.MessagingLimit,
            ["health_status"] = HealthJson.OfAccount(world),
            ["subscribed_apps"] = new JsonObject { ["data"] = SubscriptionRoutes.Apps(world) },
        };
    }
}
