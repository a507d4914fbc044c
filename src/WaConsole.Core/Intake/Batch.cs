namespace WaConsole.Core.Intake;

/// <summary>What one transaction does with bodies in a row: plain items together, every other one by its verb, in the order they came.</summary>
internal sealed class Batch(
    IntakeConnection connection, HandleItem handle, IntakeTally tally, TimeProvider clock, IReadOnlyList<OpenDelivery> bodies)
{
    private readonly List<OpenDelivery> _begun = [];
    private int _at;

    /// <param name="together">False: every item by its verb.</param>
    public async Task RunAsync(int maxItems, TimeSpan budget, bool together, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var left = maxItems;
        while (left > 0 && Current() is not null && (left == maxItems || clock.GetElapsedTime(started) < budget))
        {
            var run = together ? await CollectAsync(left, cancellationToken) : [];
            var passed = run.Count == 0 ? 0 : await new ItemRun(connection, tally).ApplyAsync(run, cancellationToken);
            for (var item = 0; item < passed; item++)
            {
                Begin(Current()!).Pass();
            }

            left -= passed;
            if (passed == run.Count && passed > 0)
            {
                continue;
            }

            await Begin(Current()!).NextAsync(connection.Db, handle, tally, cancellationToken);
            connection.Db.ChangeTracker.Clear();
            left--;
        }

        var writer = connection.Writer;
        writer.Clear();
        _begun.ForEach(body => body.Note(writer, tally));
        await writer.SaveAsync<Delivery>(cancellationToken);
    }

    /// <summary>The first body with items left.</summary>
    private OpenDelivery? Current()
    {
        while (_at < bodies.Count && bodies[_at].IsFinished)
        {
            _at++;
        }

        return _at < bodies.Count ? bodies[_at] : null;
    }

    private OpenDelivery Begin(OpenDelivery body)
    {
        if (_begun.Count == 0 || _begun[^1] != body)
        {
            body.Begin(tally);
            _begun.Add(body);
        }

        return body;
    }

    /// <summary>The plain items up to the first that is not.</summary>
    private async Task<List<PlainItem>> CollectAsync(int atMost, CancellationToken cancellationToken)
    {
        var run = new List<PlainItem>();
        for (var at = _at; at < bodies.Count; at++)
        {
            if (!bodies[at].HasItems)
            {
                return run;
            }

            for (var item = 0; item < bodies[at].Left; item++)
            {
                if (run.Count == atMost || await bodies[at].PlainAsync(handle, item, cancellationToken) is not { } plain)
                {
                    return run;
                }

                run.Add(plain);
            }
        }

        return run;
    }
}
