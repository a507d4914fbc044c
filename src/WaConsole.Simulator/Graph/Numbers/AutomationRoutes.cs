using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph.Numbers;

/// <summary>Conversational components: ice breakers and commands. Source: Meta, "Conversational components", 2025.</summary>
internal static class AutomationRoutes
{
    public static IResult Get(string id, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id);
        }

        var desk = world.DeskOf(id);
        lock (desk.Gate)
        {
            return GraphAccess.Json(new JsonObject { ["conversational_automation"] = desk.Automation.DeepClone(), ["id"] = id });
        }
    }

    public static IResult Post(string id, GraphInput input, SimulatedWhatsApp world)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        var prompts = input.List("prompts");
        if (prompts.Count > 4 || prompts.Any(prompt => prompt.Length is 0 or > 80))
        {
            input.Checks.Refuse(100, "Param prompts holds four texts of 1 to 80 characters at most.");
        }

        List<JsonElement> commands = [.. SendChecks.Items(input.Body, "commands")];
        foreach (var command in commands)
        {
            var name = input.Checks.Text(command, "command_name", "commands", 32);
            input.Checks.Text(command, "command_description", "commands", 256);
            if (name is not null && name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            {
                input.Checks.Refuse(100, "Param command_name takes letters, digits and underscores.");
            }
        }

        if (commands.Count > 30)
        {
            input.Checks.Refuse(100, "Param commands holds 30 commands at most.");
        }

        var welcome = input.Flag("enable_welcome_message");
        return input.Answer(() =>
        {
            var desk = world.DeskOf(id);
            lock (desk.Gate)
            {
                desk.Automation = new JsonObject
                {
                    ["enable_welcome_message"] = welcome,
                    ["prompts"] = new JsonArray([.. prompts.Select(prompt => (JsonNode)prompt)]),
                    ["commands"] = new JsonArray([.. commands.Select(command => JsonObject.Create(command))]),
                };
            }

            return GraphAccess.Success();
        });
    }
}
