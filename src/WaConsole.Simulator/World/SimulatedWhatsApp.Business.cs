using System.Text.Json.Nodes;
using WaConsole.Simulator.Templates;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    /// <summary>Gives a template another status; the business learns it as <c>message_template_status_update</c>.</summary>
    /// <returns>False when there is no such template.</returns>
    public bool ChangeTemplateStatus(string name, string language, string status, string? reason = null)
    {
        if (Templates.Find(name, language) is not { } template)
        {
            return false;
        }

        Templates.Put(template with { Status = status, RejectedReason = status == "REJECTED" ? reason ?? "INVALID_FORMAT" : "NONE" });
        var value = new JsonObject
        {
            ["event"] = status,
            ["message_template_id"] = long.Parse(template.Id, System.Globalization.CultureInfo.InvariantCulture),
            ["message_template_name"] = name,
            ["message_template_language"] = language,
            ["message_template_category"] = template.Category,
            ["reason"] = status == "REJECTED" ? reason ?? "INVALID_FORMAT" : "NONE",
        };
        if (status == "PAUSED")
        {
            value["other_info"] = new JsonObject { ["title"] = "FIRST_PAUSE", ["description"] = "Customers rated the template poorly." };
        }

        Webhooks.Enqueue("account", "message_template_status_update", value);
        Publish(null);
        return true;
    }

    /// <summary>Adds a template as if WhatsApp had approved it, or replaces one.</summary>
    public void PutTemplate(SimulatedTemplate template)
    {
        Templates.Put(template);
        Publish(null);
    }

    /// <summary>Takes a number away from the Cloud API: sending answers 133010 until it is registered again.</summary>
    public bool Deregister(string numberId) => SetRegistered(numberId, registered: false);

    internal bool Register(string numberId) => SetRegistered(numberId, registered: true);

    /// <summary>Completes when the first status of a send has been answered by the receiver, or could not be.</summary>
    internal async Task StatusDeliveredAsync(SendOutcome.Accepted accepted, CancellationToken cancellationToken)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, WorldChange change)
        {
            lock (_gate)
            {
                if (!_ledgerIndex.TryGetValue(accepted.Wamid, out var at) || _ledger[at].State != ReceiptState.Accepted)
                {
                    sent.TrySetResult();
                }
            }
        }

        Changed += Look;
        try
        {
            Look(this, new WorldChange(null));
            await sent.Task.WaitAsync(cancellationToken);
            await Webhooks.WhenLaneRestsAsync(accepted.Customer.Id).WaitAsync(cancellationToken);
        }
        finally
        {
            Changed -= Look;
        }
    }

    private bool SetRegistered(string numberId, bool registered)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(numberId, out var number))
            {
                return false;
            }

            _numbers[numberId] = number with { Registered = registered };
        }

        Publish(null);
        return true;
    }
}
