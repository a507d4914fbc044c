namespace WaConsole.Simulator.Webhooks;

/// <summary>Webhooks that wait for each other. Only touched under the dispatcher's lock.</summary>
internal sealed class WebhookLane(string name, Uri? target)
{
    public string Name { get; } = name;

    /// <summary>Where this lane goes instead of the app's address.</summary>
    public Uri? Override { get; } = target;

    public Queue<WebhookItem> Waiting { get; } = new();
    public WebhookItem? Held { get; set; }
    public Task? Running { get; set; }
    public bool Resting { get; set; }
    public int Failures { get; set; }
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>How many share a body here, when not as usual.</summary>
    public int? Together { get; init; }

    public void ReleaseHeld()
    {
        if (Held is { } held)
        {
            Held = null;
            Waiting.Enqueue(held);
        }
    }

    /// <summary>The next items for one body, which stay in the queue until <see cref="Take"/>.</summary>
    public List<WebhookItem> Peek(int most)
    {
        List<WebhookItem> next = [];
        var bytes = 0;
        foreach (var item in Waiting)
        {
            bytes += item.Json.Length + 400;
            if (next.Count > 0 && (next.Count >= most || bytes > WebhookBody.MostBytes))
            {
                break;
            }

            next.Add(item);
        }

        return next;
    }

    /// <summary>Takes delivered items out; fewer are there when the simulator was reset meanwhile.</summary>
    public int Take(int count)
    {
        var taken = 0;
        while (taken < count && Waiting.TryDequeue(out var item))
        {
            item.Tell("DELIVERED", null);
            taken++;
        }

        return taken;
    }

    public void MoveTo(WebhookLane other)
    {
        ReleaseHeld();
        while (Waiting.TryDequeue(out var item))
        {
            other.Waiting.Enqueue(item);
        }
    }
}
