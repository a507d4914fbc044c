using System.Text.Json;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Templates;

/// <summary>The buttons of a template: ten at most, few of each kind, quick replies in one block.</summary>
internal static class TemplateButtonDefinitionRules
{
    private const int LabelMax = 25;

    private static readonly Dictionary<string, int> MostOf = new(StringComparer.Ordinal)
    {
        ["quick_reply"] = 10,
        ["url"] = 2,
        ["phone_number"] = 1,
        ["copy_code"] = 1,
        ["flow"] = 1,
        ["catalog"] = 1,
        ["mpm"] = 1,
        ["spm"] = 1,
        ["voice_call"] = 1,
        ["request_contact_info"] = 1,
        ["order_details"] = 1,
    };

    public static void Check(JsonElement part, string category, SendChecks checks)
    {
        List<JsonElement> buttons = [.. SendChecks.Items(part, "buttons")];
        if (buttons.Count is 0 or > 10)
        {
            checks.Refuse(100, "Param buttons holds 1 to 10 buttons.");
        }

        foreach (var group in buttons.GroupBy(TemplateRules.Type, StringComparer.Ordinal))
        {
            if (!MostOf.TryGetValue(group.Key, out var most))
            {
                checks.Refuse(100, "Param buttons holds a type that is not known or not allowed here.");
            }
            else if (group.Count() > most)
            {
                checks.Refuse(100, $"Param buttons holds {most} of the type {group.Key.ToUpperInvariant()} at most.");
            }
        }

        if (Blocks(buttons) > 1)
        {
            checks.Refuse(100, "Quick replies must stand together, before or after the other buttons.");
        }

        foreach (var button in buttons)
        {
            Button(button, category, checks);
        }
    }

    public static void Button(JsonElement button, string category, SendChecks checks)
    {
        var type = TemplateRules.Type(button);
        Label(button, type, checks);
        switch (type)
        {
            case "url":
                Url(button, checks);
                break;
            case "phone_number" when SendChecks.Member(button, "phone_number").ToString() is { Length: 0 or > 20 }:
                checks.Refuse(100, "A PHONE_NUMBER button needs a phone_number of 20 characters at most.");
                break;
            case "copy_code" when Sample(button) is { Length: 0 or > 20 }:
                checks.Refuse(100, "A COPY_CODE button needs an example of 1 to 20 characters.");
                break;
            case "copy_code" or "catalog" or "mpm" or "spm" when category != "MARKETING":
                checks.Refuse(100, $"A button of the type {type.ToUpperInvariant()} needs the category MARKETING.");
                break;
            case "flow":
                Flow(button, checks);
                break;
            case "request_contact_info" when TemplateRules.Words(button) is { Length: > 0 } words && words != "Share Contact Info":
                checks.Refuse(100, "The label of REQUEST_CONTACT_INFO is fixed: Share Contact Info.");
                break;
        }
    }

    private static void Label(JsonElement button, string type, SendChecks checks)
    {
        var label = TemplateRules.Words(button);
        if (type is "copy_code" or "request_contact_info")
        {
            return;
        }

        if (label.Length == 0)
        {
            checks.Refuse(100, "A button needs a text.");
        }
        else if (label.Length > LabelMax)
        {
            checks.Refuse(GraphError.Under100(2388040, $"A button's text has {LabelMax} characters at most."));
        }
        else if (label.Contains("{{", StringComparison.Ordinal))
        {
            checks.Refuse(100, "A button's text takes no variables.");
        }
    }

    private static void Url(JsonElement button, SendChecks checks)
    {
        var url = SendChecks.Member(button, "url").ToString();
        var variables = SimulatedTemplate.Variables(url);
        if (!MessageRules.IsWebAddress(url.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal)) || url.Length > 2000)
        {
            checks.Refuse(100, "A URL button needs an http or https address of 2,000 characters at most.");
        }

        if (variables.Count > 1 || (variables.Count == 1 && !url.EndsWith("}}", StringComparison.Ordinal)))
        {
            checks.Refuse(100, "A URL takes one variable, at its end.");
        }

        if (variables.Count == 1 && Sample(button).Length == 0)
        {
            checks.Refuse(100, "A URL with a variable needs an example.");
        }
    }

    private static void Flow(JsonElement button, SendChecks checks)
    {
        if (new[] { "flow_id", "flow_name", "flow_json" }.Count(name => SendChecks.Member(button, name).ToString().Length > 0) != 1)
        {
            checks.Refuse(100, "A FLOW button needs exactly one of flow_id, flow_name and flow_json.");
        }

        if (SendChecks.Member(button, "flow_action").ToString() is not ("" or "navigate" or "data_exchange"))
        {
            checks.Refuse(100, "Param flow_action must be navigate or data_exchange.");
        }
    }

    private static string Sample(JsonElement button) => SendChecks.Member(button, "example") switch
    {
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().FirstOrDefault().ToString(),
        var other => other.ToString(),
    };

    private static int Blocks(List<JsonElement> buttons)
    {
        var blocks = 0;
        for (var i = 0; i < buttons.Count; i++)
        {
            var reply = TemplateRules.Type(buttons[i]) == "quick_reply";
            blocks += reply && (i == 0 || TemplateRules.Type(buttons[i - 1]) != "quick_reply") ? 1 : 0;
            // A block in the middle has others on both sides.
            if (reply && i > 0 && TemplateRules.Type(buttons[0]) != "quick_reply" && TemplateRules.Type(buttons[^1]) != "quick_reply")
            {
                return 2;
            }
        }

        return blocks;
    }
}
