using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Templates;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>What the Graph API tells about the business account, its numbers and templates.</summary>
internal static class AccountRoutes
{
    private static readonly string[] NumberDefaults = ["id", "display_phone_number", "verified_name", "quality_rating"];
    private static readonly string[] TemplateDefaults =
        ["name", "parameter_format", "components", "language", "status", "category", "id"];

    public static IResult Get(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        var fields = Fields(request);
        if (world.FindNumber(id) is { } number)
        {
            return GraphAccess.Json(Pick(Describe(number), fields ?? NumberDefaults));
        }

        if (id == world.Options.BusinessAccountId)
        {
            return GraphAccess.Json(Pick(DescribeAccount(world), fields ?? ["id", "name", "timezone_id", "message_template_namespace"]));
        }

        if (world.Templates.FindById(id) is { } template)
        {
            return GraphAccess.Json(Pick(Describe(template), fields ?? TemplateDefaults));
        }

        return MediaRoutes.Get(id, request, world) ?? GraphAccess.NoSuchObject(id);
    }

    public static IResult Numbers(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var fields = Fields(request) ?? NumberDefaults;
        return Paged(request, world, [.. world.Numbers.Select(number => Pick(Describe(number), fields))]);
    }

    public static IResult Templates(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (id != world.Options.BusinessAccountId)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var fields = Fields(request) ?? TemplateDefaults;
        var query = request.Query;
        var found = world.Templates.All.Where(template =>
            Matches(query["status"], template.Status)
            && Matches(query["category"], template.Category)
            && Matches(query["language"], template.Language)
            && Matches(query["name"], template.Name));
        return Paged(request, world, [.. found.Select(template => Pick(Describe(template), fields))]);
    }

    public static IResult SubscribedApps(string id, SimulatedWhatsApp world) =>
        id != world.Options.BusinessAccountId
            ? GraphAccess.NoSuchObject(id)
            : GraphAccess.Json(new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject
                {
                    ["whatsapp_business_api_data"] = new JsonObject
                    {
                        ["id"] = world.Options.AppId,
                        ["name"] = "Alder & Oak console",
                        ["link"] = "https://alder-oak.example/",
                    },
                }),
            });

    public static IResult Subscribe(string id, SimulatedWhatsApp world) =>
        id == world.Options.BusinessAccountId
            ? GraphAccess.Json(new JsonObject { ["success"] = true })
            : GraphAccess.NoSuchObject(id, "post");

    public static IResult DebugToken(SimulatedWhatsApp world) => GraphAccess.Json(new JsonObject
    {
        ["data"] = new JsonObject
        {
            ["app_id"] = world.Options.AppId,
            ["type"] = "SYSTEM_USER",
            ["application"] = "Alder & Oak console",
            ["expires_at"] = 0,
            ["is_valid"] = true,
            ["scopes"] = new JsonArray("whatsapp_business_management", "whatsapp_business_messaging"),
        },
    });

    private static bool Matches(string? wanted, string value) =>
        string.IsNullOrEmpty(wanted) || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Describe(BusinessNumber number) => new()
    {
        ["id"] = number.Id,
        ["display_phone_number"] = number.DisplayPhone,
        ["verified_name"] = number.VerifiedName,
        ["quality_rating"] = number.Quality,
        ["quality_score"] = new JsonObject { ["score"] = number.Quality },
        ["status"] = number.Registered ? "CONNECTED" : "PENDING",
        ["name_status"] = "APPROVED",
        ["code_verification_status"] = "VERIFIED",
        ["platform_type"] = number.Registered ? "CLOUD_API" : "NOT_APPLICABLE",
        ["account_mode"] = "LIVE",
        ["throughput"] = new JsonObject { ["level"] = "STANDARD" },
        ["whatsapp_business_manager_messaging_limit"] = "TIER_10K",
        ["is_official_business_account"] = false,
        ["is_pin_enabled"] = true,
        ["is_on_biz_app"] = false,
        ["health_status"] = new JsonObject
        {
            ["can_send_message"] = "AVAILABLE",
            ["entities"] = new JsonArray(new JsonObject
            {
                ["entity_type"] = "PHONE_NUMBER",
                ["id"] = number.Id,
                ["can_send_message"] = "AVAILABLE",
            }),
        },
    };

    private static JsonObject DescribeAccount(SimulatedWhatsApp world) => new()
    {
        ["id"] = world.Options.BusinessAccountId,
        ["name"] = "Alder & Oak",
        ["timezone_id"] = "42",
        ["message_template_namespace"] = "a1d3_0a4b",
        ["account_review_status"] = "APPROVED",
        ["business_verification_status"] = "verified",
        ["currency"] = "EUR",
        ["country"] = "DE",
        ["health_status"] = new JsonObject { ["can_send_message"] = "AVAILABLE", ["entities"] = new JsonArray() },
    };

    private static JsonObject Describe(SimulatedTemplate template) => new()
    {
        ["name"] = template.Name,
        ["parameter_format"] = template.Named ? "NAMED" : "POSITIONAL",
        ["components"] = JsonNode.Parse(template.Components.GetRawText()),
        ["language"] = template.Language,
        ["status"] = template.Status,
        ["category"] = template.Category,
        ["id"] = template.Id,
        ["rejected_reason"] = template.RejectedReason,
        ["quality_score"] = new JsonObject { ["score"] = template.Quality, ["date"] = 1761955200 },
    };

    private static string[]? Fields(HttpRequest request)
    {
        string? asked = request.Query["fields"];
        return string.IsNullOrWhiteSpace(asked) ? null : [.. asked.Split(',').Select(field => field.Split(['{', '.', '('])[0].Trim())];
    }

    // The Graph API always gives the id of an object.
    private static JsonObject Pick(JsonObject all, string[] fields)
    {
        var picked = new JsonObject();
        foreach (var field in fields.Append("id").Distinct(StringComparer.Ordinal))
        {
            if (all.TryGetPropertyValue(field, out var value))
            {
                picked[field] = value?.DeepClone();
            }
        }

        return picked;
    }

    private static IResult Paged(HttpRequest request, SimulatedWhatsApp world, JsonObject[] items)
    {
        var limit = int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, 1000)
            : 25;
        string? after = request.Query["after"], before = request.Query["before"];
        int? end = null;
        if ((after is not null && Position(after) is null) || (before is not null && (end = Position(before)) is null))
        {
            return GraphAccess.Answer(GraphError.Of(131059, "The cursor is not known; start again without one."));
        }

        var start = end is null ? Position(after) ?? 0 : Math.Max(0, end.Value - limit);
        var stop = Math.Min(end ?? items.Length, Math.Min(items.Length, start + limit));
        var page = items.Skip(start).Take(stop - start).ToArray<JsonNode>();
        var answer = new JsonObject { ["data"] = new JsonArray(page) };
        if (page.Length > 0)
        {
            var paging = new JsonObject
            {
                ["cursors"] = new JsonObject { ["before"] = Cursor(start), ["after"] = Cursor(stop) },
            };
            if (stop < items.Length)
            {
                paging["next"] = PageUrl(request, world, "after", Cursor(stop));
            }

            if (start > 0)
            {
                paging["previous"] = PageUrl(request, world, "before", Cursor(start));
            }

            answer["paging"] = paging;
        }

        return GraphAccess.Json(answer);
    }

    private static string PageUrl(HttpRequest request, SimulatedWhatsApp world, string direction, string cursor)
    {
        var kept = request.Query.Where(pair => pair.Key is not ("after" or "before" or "access_token"))
            .SelectMany(pair => pair.Value.Select(value => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}"));
        return new Uri(world.BaseUri, $"{request.Path}?{string.Join('&', kept.Append($"{direction}={cursor}"))}").ToString();
    }

    private static string Cursor(int position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes("row:" + position.ToString(CultureInfo.InvariantCulture)))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static int? Position(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var padded = cursor.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (cursor.Length % 4)) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written)
            && Encoding.ASCII.GetString(bytes, 0, written) is ['r', 'o', 'w', ':', .. var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : null;
    }
}
