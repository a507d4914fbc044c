using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using WaConsole.Core.Team;

namespace WaConsole.Web.Live;

/// <summary>
/// For programs outside the console: wallboards, side panels, phones. A connection hears only the numbers its caller may see,
/// and calls nothing here. Fed by <see cref="LiveFeed"/>.
/// </summary>
[Authorize(LiveHubs.Policy)]
internal sealed class LiveHub(RequestCaller callers, LiveConnections connections) : Hub<ILiveClient>
{
    public const string Path = "/hubs/live";

    /// <summary>Callers who may see every number.</summary>
    public const string EveryNumber = "every-number";

    public static string GroupOf(long numberId) => string.Create(CultureInfo.InvariantCulture, $"number-{numberId}");

    public override async Task OnConnectedAsync()
    {
        // Registered before the caller is read: a change of rights in between is then seen by the check of all connections.
        var connection = connections.Add(Context);
        var caller = Context.User is { } user ? await callers.ReadAsync(user, Context.ConnectionAborted) : null;
        if (caller is not { MayUseInbox: true })
        {
            Context.Abort();
            return;
        }

        connection.Caller = caller;
        foreach (var group in GroupsOf(caller))
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
        }

        await Clients.Caller.Resync();
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private static IEnumerable<string> GroupsOf(Caller caller) =>
        caller.Numbers is { } numbers ? numbers.Select(GroupOf) : [EveryNumber];
}
