using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using WaConsole.Core.Team;

namespace WaConsole.Web.Live;

/// <summary>Open connections of this node, so that one whose rights changed can be ended: it reconnects with the new ones, or not at all.</summary>
internal sealed class LiveConnections(RequestCaller callers)
{
    private readonly ConcurrentDictionary<string, LiveConnection> _open = new();

    public LiveConnection Add(HubCallerContext context) => _open[context.ConnectionId] = new LiveConnection(context);

    public void Remove(string connectionId) => _open.TryRemove(connectionId, out _);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, connection) in _open)
        {
            if (connection is not { Caller: { } then, Context.User: { } user })
            {
                continue;
            }

            if (await callers.ReadAsync(user, cancellationToken) is not { } now || !SameRights(then, now))
            {
                connection.Context.Abort();
            }
        }
    }

    private static bool SameRights(Caller then, Caller now) =>
        then.MayUseInbox == now.MayUseInbox
        && (then.Numbers is null ? now.Numbers is null : now.Numbers is not null && then.Numbers.SetEquals(now.Numbers));
}

internal sealed class LiveConnection(HubCallerContext context)
{
    public HubCallerContext Context { get; } = context;

    /// <summary>Null until the connection is let in.</summary>
    public Caller? Caller { get; set; }
}
