using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>A group of a business number. Eight members at most.</summary>
public sealed record CustomerGroup(string Id, string NumberId, string Subject, IReadOnlyList<string> Members);

public sealed partial class SimulatedWhatsApp
{
    private const int MostMembers = 8;

    private readonly Dictionary<string, CustomerGroup> _groups = new(StringComparer.Ordinal);

    public IReadOnlyList<CustomerGroup> Groups
    {
        get
        {
            lock (_gate)
            {
                return [.. _groups.Values];
            }
        }
    }

    /// <summary>Makes a group of customers; the business learns it. Null when a member or the number is unknown.</summary>
    public CustomerGroup? MakeGroup(string subject, IReadOnlyList<string> members, string? numberId = null)
    {
        CustomerGroup group;
        lock (_gate)
        {
            if (NumberOrFirst(numberId) is not { } number || members.Count is 0 or > MostMembers || members.Any(id => !_customers.ContainsKey(id)))
            {
                return null;
            }

            group = new CustomerGroup("g" + Guid.CreateVersion7().ToString("N"), number.Id, subject, members);
            _groups.Add(group.Id, group);
            TellGroup(number, "group_lifecycle_update", group.Id, new JsonObject
            {
                ["type"] = "group_create",
                ["subject"] = subject,
                ["invite_link"] = $"https://chat.whatsapp.com/{group.Id}",
                ["join_approval_mode"] = "auto_approve",
            });
            TellGroup(number, "group_participants_update", group.Id, new JsonObject
            {
                ["type"] = "group_participants_add",
                ["reason"] = "invite_link",
                ["added_participants"] = new JsonArray([.. members.Select(id => new JsonObject
                {
                    ["wa_id"] = _customers[id].Phone,
                    ["user_id"] = _customers[id].UserId,
                })]),
            });
        }

        Publish(null);
        return group;
    }

    /// <summary>What a group is sent: it goes to each member, and each member's status is told.</summary>
    private SendOutcome AcceptForGroup(BusinessNumber number, ReadSend read)
    {
        if (!_groups.TryGetValue(read.Request.To!, out var group) || group.NumberId != number.Id)
        {
            return Refuse(131041, "The group is not known to this number.");
        }

        if (!Limits.TakeThroughput(number))
        {
            return Refuse(130429, "The number has sent and received too many messages this second.");
        }

        var first = _customers[group.Members[0]];
        var accepted = Take(ChatOf(first.Id, number.Id), first, read, null, group);
        return accepted;
    }

    private void TellGroup(BusinessNumber number, string field, string groupId, JsonObject what)
    {
        what["timestamp"] = MessageWebhook.Seconds(Clock.GetUtcNow());
        what["group_id"] = groupId;
        var value = MessageWebhook.Envelope(number);
        value["groups"] = new JsonArray(what);
        Webhooks.Enqueue("account", MessageWebhook.Whole(field, value), OverrideOf(number));
    }

    // One item for each member, in one change.
    private void EnqueueGroupStatus(SentMessage sent, string word, DateTimeOffset at, BusinessNumber number, PriceTag? price, GraphError? error)
    {
        foreach (var member in sent.Group!.Members.Select(id => _customers[id]))
        {
            Webhooks.Enqueue(sent.Group.Id, StatusWebhook.Write(sent, word, at, member, number, true, price, error, null), OverrideOf(number));
        }
    }
}
