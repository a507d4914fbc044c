using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>The block list of a number. Source: Meta, "Block users", 2026: only people who wrote within 24 hours, 64,000 at most.</summary>
internal static class BlockRoutes
{
    private const int MostBlocked = 64_000;

    public static IResult List(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var desk = world.DeskOf(id);
        List<string> blocked;
        lock (desk.Gate)
        {
            blocked = [.. desk.BlockedUserIds];
        }

        var known = world.Customers.ToLookup(customer => customer.UserId, StringComparer.Ordinal);
        return GraphPages.Paged(request, world, [.. blocked.Select(userId =>
        {
            var entry = new JsonObject { ["messaging_product"] = "whatsapp", ["user_id"] = userId };
            if (known[userId].FirstOrDefault() is { HiddenNumber: false } customer)
            {
                entry["wa_id"] = customer.Phone;
            }

            return entry;
        })]);
    }

    public static IResult Block(string id, GraphInput input, SimulatedWhatsApp world) => Change(id, input, world, block: true);

    public static IResult Unblock(string id, GraphInput input, SimulatedWhatsApp world) => Change(id, input, world, block: false);

    private static IResult Change(string id, GraphInput input, SimulatedWhatsApp world, bool block)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, block ? "post" : "delete");
        }

        input.MustBeWhatsApp();
        var users = input.Checks.Array(input.Body, "block_users", "request");
        if (users.ValueKind == JsonValueKind.Array && users.GetArrayLength() == 0)
        {
            input.Checks.Refuse(100, "Param block_users is empty.");
        }

        return input.Answer(() => Answer(world, world.DeskOf(id), id, [.. users.EnumerateArray()], block));
    }

    private static IResult Answer(SimulatedWhatsApp world, NumberDesk desk, string numberId, List<JsonElement> users, bool block)
    {
        var (done, failed) = (new JsonArray(), new JsonArray());
        foreach (var user in users)
        {
            var (phone, userId) = (SendChecks.Member(user, "user").ToString(), SendChecks.Member(user, "user_id").ToString());
            var input = phone.Length > 0 ? phone : userId;
            var customer = phone.Length > 0 ? world.FindByPhone(phone) : world.Customers.FirstOrDefault(known => known.UserId == userId);
            var entry = new JsonObject { ["input"] = input };
            var error = customer is null ? GraphError.Of(100, "There is no such user.")
                : block && !world.WindowOpen(numberId, customer.Id) ? GraphError.Of(131047, "The user has not written within 24 hours.")
                : Apply(desk, customer.UserId, block) ? null
                : GraphError.Of(139101, "The block list is full.");
            if (error is not null)
            {
                entry["errors"] = new JsonArray(error.ToWebhook());
                failed.Add(entry);
                continue;
            }

            entry[phone.Length > 0 ? "wa_id" : "user_id"] = phone.Length > 0 ? customer!.Phone : userId;
            done.Add(entry);
        }

        var result = new JsonObject { ["messaging_product"] = "whatsapp" };
        var list = new JsonObject { ["added_users"] = done };
        if (failed.Count == 0)
        {
            result["block_users"] = list;
            return GraphAccess.Json(result);
        }

        list["failed_users"] = failed;
        result["block_users"] = list;
        result["error"] = GraphError.Of(139100, "Some users could not be changed.").ToAnswer()["error"]!.DeepClone();
        return GraphAccess.Json(result, StatusCodes.Status400BadRequest);
    }

    private static bool Apply(NumberDesk desk, string userId, bool block)
    {
        lock (desk.Gate)
        {
            if (!block)
            {
                desk.Blocked.Remove(userId);
                desk.BlockedUserIds.Remove(userId);
                return true;
            }

            if (desk.BlockedUserIds.Count >= MostBlocked)
            {
                return false;
            }

            if (desk.Blocked.Add(userId))
            {
                desk.BlockedUserIds.Add(userId);
            }

            return true;
        }
    }
}
