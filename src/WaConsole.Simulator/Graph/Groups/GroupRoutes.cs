using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Groups;

/// <summary><c>/{number}/groups</c> and <c>/{group}</c>: groups are made, read, changed and deleted. Source: Meta's OpenAPI file of v23.0.</summary>
internal static class GroupRoutes
{
    private static readonly string[] Defaults = ["id", "subject"];

    public static IResult Create(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        input.MustBeWhatsApp();
        var subject = input.Text("subject", 128, required: true)?.Trim();
        var description = input.Text("description");
        var mode = input.Text("join_approval_mode", 32);
        if (mode is not (null or "approval_required" or "auto_approve"))
        {
            input.Checks.Refuse(100, "Param join_approval_mode must be approval_required or auto_approve.");
        }

        if (subject is { Length: 0 })
        {
            input.Checks.Refuse(100, "Param subject must not be empty.");
        }

        return input.Answer(() =>
        {
            var requestId = NewRequestId();
            return world.OpenGroup(number, subject!, description, mode == "approval_required", requestId) is { } error
                ? GraphAccess.Answer(error)
                : GraphAccess.Json(new JsonObject { ["messaging_product"] = "whatsapp", ["request_id"] = requestId });
        });
    }

    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world) => world.FindNumber(id) is null
        ? GraphAccess.NoSuchObject(id)
        : GraphPages.Paged(request, world, [.. world.Groups.Where(group => group.NumberId == id).Select(group => new JsonObject
        {
            ["id"] = group.Id,
            ["subject"] = group.Subject,
            ["created_at"] = group.CreatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        })], within: "groups");

    public static IResult Get(CustomerGroup group, string[]? fields, SimulatedWhatsApp world) => GraphAccess.Json(GraphFields.Pick(
        new JsonObject
        {
            ["id"] = group.Id,
            ["messaging_product"] = "whatsapp",
            ["subject"] = group.Subject,
            ["description"] = group.Description,
            ["suspended"] = group.Suspended,
            ["creation_timestamp"] = group.CreatedAt.ToUnixTimeSeconds(),
            ["join_approval_mode"] = group.NeedsApproval ? "approval_required" : "auto_approve",
            ["total_participant_count"] = group.Members.Count,
            ["participants"] = new JsonArray([.. group.Members.Select(member => new JsonObject { ["wa_id"] = world.FindCustomer(member)!.Phone })]),
        },
        fields ?? Defaults));

    public static IResult Change(CustomerGroup group, GraphInput input, SimulatedWhatsApp world)
    {
        input.MustBeWhatsApp();
        var subject = input.Text("subject", 128)?.Trim();
        var description = input.Text("description");
        return input.Answer(() =>
        {
            world.ChangeGroup(group.Id, subject, description, NewRequestId());
            return GraphAccess.Success();
        });
    }

    public static IResult Delete(CustomerGroup group, SimulatedWhatsApp world)
    {
        world.DeleteGroup(group.Id);
        return GraphAccess.Success();
    }

    public static IResult ResetLink(string id, GraphInput input, SimulatedWhatsApp world)
    {
        input.MustBeWhatsApp();
        return input.Answer(() => world.ResetLink(id) is { } link
            ? GraphAccess.Json(new JsonObject { ["messaging_product"] = "whatsapp", ["invite_link"] = link })
            : Unknown());
    }

    public static IResult Remove(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindGroup(id) is null)
        {
            return Unknown();
        }

        input.MustBeWhatsApp();
        var people = input.Checks.Array(input.Body, "participants", "request");
        List<string> named = people.ValueKind == JsonValueKind.Array
            ? [.. people.EnumerateArray().Select(person => SendChecks.Member(person, "user").ToString())]
            : [];
        if (named.Count > SimulatedWhatsApp.MostMembers || named.Contains(""))
        {
            input.Checks.Refuse(100, "Param participants takes up to eight users.");
        }

        if (named.Distinct(StringComparer.Ordinal).Count() != named.Count)
        {
            input.Checks.Refuse(131202, "A participant is given twice.");
        }

        return input.Answer(() =>
        {
            var found = named.Select(user => (user, world.FindByPhone(user) ?? world.Customers.FirstOrDefault(one => one.UserId == user))).ToList();
            world.RemoveFromGroup(id, found, NewRequestId());
            return GraphAccess.Success();
        });
    }

    /// <summary>The group is not there, or another number's.</summary>
    public static IResult Unknown() => GraphAccess.Answer(GraphError.Of(131041, "The group does not exist, or the number is not in it."));

    private static string NewRequestId() => Guid.CreateVersion7().ToString("N");
}
