using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>The business's own username. Source: Meta, "Business-scoped user ids and usernames", 29 June 2026.</summary>
internal static partial class UsernameRoutes
{
    public static IResult Get(string id, SimulatedWhatsApp world) => world.FindNumber(id) is not { } number ? GraphAccess.NoSuchObject(id)
        : GraphAccess.Json(number.Username is null
            ? new JsonObject { ["id"] = id }
            : new JsonObject { ["username"] = number.Username, ["status"] = "approved", ["id"] = id });

    public static IResult Post(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is not { } number)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var wanted = input.Text("username", 35, required: true)?.ToLowerInvariant();
        if (wanted is not null && (!Allowed().IsMatch(wanted) || !wanted.Any(char.IsAsciiLetter) || wanted.StartsWith("www", StringComparison.Ordinal)
            || wanted.Contains("..", StringComparison.Ordinal) || wanted is ['.', ..] or [.., '.']))
        {
            input.Checks.Refuse(147001, "The username is not acceptable.");
        }

        var holder = world.Numbers.FirstOrDefault(other => other.Username == wanted && other.Id != id);
        if (world.Account.MessagingLimit is "TIER_50" or "TIER_250")
        {
            input.Checks.Refuse(147002, "The portfolio needs a higher messaging limit.");
        }

        if (world.Customers.Any(customer => string.Equals(customer.Username, wanted, StringComparison.OrdinalIgnoreCase)))
        {
            input.Checks.Refuse(147001, "The username is taken.");
        }

        if (holder is not null && input.Text("transfer_action", 32) != "force_transfer")
        {
            input.Checks.Refuse(147005, "Another number of yours holds the username; repeat with transfer_action force_transfer.");
        }

        return input.Answer(() =>
        {
            if (holder is not null)
            {
                world.ChangeNumber(holder.Id, other => other with { Username = null });
            }

            world.ChangeNumber(number.Id, n => n with { Username = wanted });
            return GraphAccess.Json(new JsonObject { ["status"] = "approved" });
        });
    }

    public static IResult Delete(string id, SimulatedWhatsApp world) =>
        world.ChangeNumber(id, number => number with { Username = null }) ? GraphAccess.Success() : GraphAccess.NoSuchObject(id, "delete");

    public static IResult Suggest(string id, SimulatedWhatsApp world) => world.FindNumber(id) is { } number
        ? GraphAccess.Json(new JsonObject
        {
            ["username_suggestions"] = new JsonArray(
                [.. new[] { "", ".shop", "_official" }.Select(end => (JsonNode)(Letters().Replace(number.VerifiedName.ToLowerInvariant(), "") + end))]),
        })
        : GraphAccess.NoSuchObject(id);

    [GeneratedRegex("^[a-z0-9._]{3,35}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Allowed();

    [GeneratedRegex("[^a-z0-9]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Letters();
}
