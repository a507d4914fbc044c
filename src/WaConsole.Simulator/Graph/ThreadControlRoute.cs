using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>Who answers a chat. Source: third-party readings of Meta's "Conversation Routing", September 2026.</summary>
internal static class ThreadControlRoute
{
    private static readonly string[] Roles = ["customer_service", "marketing", "utility", "ctwa", "ai_agent", "escalation"];

    public static IResult Post(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        input.MustBeWhatsApp();
        var (to, recipient) = (input.Text("to", 32), input.Text("recipient", 140));
        if (to is null == recipient is null)
        {
            input.Checks.Refuse(100, "Exactly one of the parameters to and recipient is required.");
        }

        var action = input.Text("action", 16, required: true);
        if (action is not (null or "pass" or "release" or "take"))
        {
            input.Checks.Refuse(100, "Param action must be pass, release or take.");
        }

        input.Text("metadata", 2000);
        var role = SendChecks.Member(SendChecks.Member(input.Body, "control_pass"), "target_role").ToString();
        if (role.Length > 0 && !Roles.Contains(role))
        {
            input.Checks.Refuse(100, "Param control_pass['target_role'] is not a role.");
        }

        return input.Answer(() =>
        {
            var customer = to is not null ? world.FindByPhone(to) : world.Customers.FirstOrDefault(known => known.UserId == recipient);
            return customer is null ? GraphAccess.Answer(GraphError.Of(131026, "There is no such customer."))
                : action == "take" ? GraphAccess.Answer(GraphError.Of(2494191, "Only the escalation partner can take a conversation."))
                : !world.PassControl(id, customer, action == "pass" ? (role.Length > 0 ? role : "escalation") : null)
                    ? GraphAccess.Answer(GraphError.Of(131070, "The conversation is handled by another app."))
                : GraphAccess.Json(new JsonObject { ["messaging_product"] = "whatsapp", ["request_id"] = Guid.CreateVersion7().ToString("N") });
        });
    }
}
