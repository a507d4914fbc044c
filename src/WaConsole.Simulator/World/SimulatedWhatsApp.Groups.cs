using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    internal const int MostMembers = 8;
    private const int MostGroups = 10_000;

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

    public CustomerGroup? FindGroup(string id)
    {
        lock (_gate)
        {
            return _groups.GetValueOrDefault(id);
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

            group = Found(number, subject, null, needsApproval: false, members, requestId: null);
            TellPeople(group, "group_participants_add", "added_participants", members, new JsonObject { ["reason"] = "invite_link" });
        }

        Publish(null);
        return group;
    }

    /// <summary>
    /// The business asks for a group. Source: Meta, Groups, November 2025: official business accounts with a limit of 100,000 people
    /// only, 10,000 groups for a number.
    /// </summary>
    internal GraphError? OpenGroup(BusinessNumber number, string subject, string? description, bool needsApproval, string requestId)
    {
        lock (_gate)
        {
            if (!number.OfficialAccount || Account.PeoplePerDay < 100_000)
            {
                return GraphError.Of(131215, "Groups need an official business account and a messaging limit of 100,000.");
            }

            if (_groups.Values.Count(group => group.NumberId == number.Id) >= MostGroups)
            {
                return GraphError.Of(131211, "The number has as many groups as it can have.");
            }

            Found(number, subject, description, needsApproval, [], requestId);
        }

        Publish(null);
        return null;
    }

    /// <summary>Changes a group and tells what was changed; null when it is gone.</summary>
    internal CustomerGroup? ChangeGroup(string id, string? subject, string? description, string requestId)
    {
        CustomerGroup changed;
        lock (_gate)
        {
            if (!_groups.TryGetValue(id, out var group))
            {
                return null;
            }

            _groups[id] = changed = group with { Subject = subject ?? group.Subject, Description = description ?? group.Description };
            var news = new JsonObject { ["type"] = "group_settings_update", ["request_id"] = requestId };
            if (subject is not null)
            {
                news["group_subject"] = new JsonObject { ["text"] = subject, ["update_successful"] = true };
            }

            if (description is not null)
            {
                news["group_description"] = new JsonObject { ["text"] = description, ["update_successful"] = true };
            }

            TellGroup(changed, "group_settings_update", news);
        }

        Publish(null);
        return changed;
    }

    internal bool DeleteGroup(string id)
    {
        lock (_gate)
        {
            if (!_groups.Remove(id, out var group))
            {
                return false;
            }

            TellGroup(group, "group_lifecycle_update", new JsonObject { ["type"] = "group_delete" });
        }

        Publish(null);
        return true;
    }

    /// <summary>WhatsApp suspends a group, or lets it go on.</summary>
    public bool SuspendGroup(string id, bool suspended)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(id, out var group))
            {
                return false;
            }

            _groups[id] = group with { Suspended = suspended };
            TellGroup(group, "group_status_update", new JsonObject { ["type"] = suspended ? "group_suspend" : "group_suspend_cleared" });
        }

        Publish(null);
        return true;
    }

    internal string? ResetLink(string id)
    {
        lock (_gate)
        {
            return _groups.TryGetValue(id, out var group) ? (_groups[id] = group with { InviteLink = NewLink() }).InviteLink : null;
        }
    }

    /// <summary>A customer follows the link: in at once, or waiting to be let in. False when there is no room, or no such group or customer.</summary>
    public bool JoinGroup(string id, string customerId)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(id, out var group) || !_customers.TryGetValue(customerId, out var customer)
                || group.Members.Count >= MostMembers || group.Members.Contains(customerId) || group.JoinRequests.Any(one => one.CustomerId == customerId))
            {
                return false;
            }

            if (!group.NeedsApproval)
            {
                _groups[id] = group = group with { Members = [.. group.Members, customerId] };
                TellPeople(group, "group_participants_add", "added_participants", [customerId], new JsonObject { ["reason"] = "invite_link" });
            }
            else
            {
                var request = new JoinRequest("j" + Guid.CreateVersion7().ToString("N"), customerId, Clock.GetUtcNow());
                _groups[id] = group = group with { JoinRequests = [.. group.JoinRequests, request] };
                TellGroup(group, "group_participants_update", new JsonObject
                {
                    ["type"] = "group_join_request_created",
                    ["join_request_id"] = request.Id,
                    ["wa_id"] = customer.Phone,
                });
            }
        }

        Publish(null);
        return true;
    }

    /// <summary>Lets people in or turns them away; null for those whose request is not known any more.</summary>
    internal IReadOnlyList<(string RequestId, GraphError? Error)> DecideJoin(string id, IReadOnlyList<string> requestIds, bool letIn)
    {
        List<(string, GraphError?)> decided = [];
        lock (_gate)
        {
            foreach (var requestId in requestIds)
            {
                var group = _groups[id];
                var request = group.JoinRequests.FirstOrDefault(one => one.Id == requestId);
                var error = request is null ? GraphError.Of(131213, "The request to join is not known, or was withdrawn.")
                    : letIn && group.Members.Count >= MostMembers ? GraphError.Of(131204, "The group is full.")
                    : null;
                decided.Add((requestId, error));
                if (error is not null)
                {
                    continue;
                }

                _groups[id] = group = group with
                {
                    JoinRequests = [.. group.JoinRequests.Where(one => one != request)],
                    Members = letIn ? [.. group.Members, request!.CustomerId] : group.Members,
                };
                if (letIn)
                {
                    TellPeople(group, "group_participants_add", "added_participants", [request!.CustomerId], new JsonObject { ["reason"] = "invite_link" });
                }
            }
        }

        Publish(null);
        return decided;
    }

    /// <summary>Takes people out; the business learns who left and who was not there.</summary>
    internal void RemoveFromGroup(string id, IReadOnlyList<(string Input, Customer? Person)> people, string requestId)
    {
        lock (_gate)
        {
            var group = _groups[id];
            List<string> gone = [.. people.Where(one => one.Person is { } person && group.Members.Contains(person.Id)).Select(one => one.Person!.Id)];
            _groups[id] = group = group with { Members = [.. group.Members.Except(gone)] };
            var news = new JsonObject { ["initiated_by"] = "business", ["request_id"] = requestId };
            var failed = people.Where(one => one.Person is not { } person || !gone.Contains(person.Id)).ToList();
            if (failed.Count > 0)
            {
                news["failed_participants"] = new JsonArray([.. failed.Select(one => new JsonObject
                {
                    ["input"] = one.Input,
                    ["errors"] = new JsonArray(GraphError.Of(131212, "The user is not a member of the group.").ToWebhook()),
                })]);
            }

            TellPeople(group, "group_participants_remove", "removed_participants", gone, news);
        }

        Publish(null);
    }

    /// <summary>What a group is sent: it goes to each member, and each member's status is told.</summary>
    private SendOutcome AcceptForGroup(BusinessNumber number, ReadSend read)
    {
        if (!_groups.TryGetValue(read.Request.To!, out var group) || group.NumberId != number.Id)
        {
            return Refuse(131041, "The group is not known to this number.");
        }

        if (group.Suspended)
        {
            return Refuse(131207, "WhatsApp suspended the group.");
        }

        if (group.Members.Count == 0)
        {
            return Refuse(131020, "Nobody else is in the group.");
        }

        if (!Limits.TakeThroughput(number))
        {
            return Refuse(130429, "The number has sent and received too many messages this second.");
        }

        var first = _customers[group.Members[0]];
        return Take(ChatOf(first.Id, number.Id), first, read, null, group);
    }

    private CustomerGroup Found(
        BusinessNumber number, string subject, string? description, bool needsApproval, IReadOnlyList<string> members, string? requestId)
    {
        var group = new CustomerGroup("g" + Guid.CreateVersion7().ToString("N"), number.Id, subject, members)
        {
            Description = description,
            NeedsApproval = needsApproval,
            InviteLink = NewLink(),
            CreatedAt = Clock.GetUtcNow(),
        };
        _groups.Add(group.Id, group);
        var news = new JsonObject
        {
            ["type"] = "group_create",
            ["subject"] = subject,
            ["invite_link"] = group.InviteLink,
            ["join_approval_mode"] = needsApproval ? "approval_required" : "auto_approve",
        };
        if (description is not null)
        {
            news["description"] = description;
        }

        if (requestId is not null)
        {
            news["request_id"] = requestId;
        }

        TellGroup(group, "group_lifecycle_update", news);
        return group;
    }

    private static string NewLink() => $"https://chat.whatsapp.com/{Guid.CreateVersion7():N}";

    private void TellPeople(CustomerGroup group, string type, string list, IReadOnlyList<string> people, JsonObject news)
    {
        news["type"] = type;
        news[list] = new JsonArray([.. people.Select(id => new JsonObject
        {
            ["wa_id"] = _customers[id].Phone,
            ["user_id"] = _customers[id].UserId,
        })]);
        TellGroup(group, "group_participants_update", news);
    }

    // News about a group wait for each other, so that nobody joins before it was made.
    private void TellGroup(CustomerGroup group, string field, JsonObject news)
    {
        var number = FindNumber(group.NumberId)!;
        news["timestamp"] = MessageWebhook.Seconds(Clock.GetUtcNow());
        news["group_id"] = group.Id;
        var value = MessageWebhook.Envelope(number);
        value["groups"] = new JsonArray(news);
        Webhooks.Enqueue(group.Id, MessageWebhook.Whole(field, value), OverrideOf(number));
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
