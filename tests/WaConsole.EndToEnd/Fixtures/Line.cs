using System.Net;
using System.Net.Sockets;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>The network between a browser and the console, which a test can cut: what is open breaks, and nothing new gets through until it is mended.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly Uri _to;
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _open = [];
    private readonly Lock _lock = new();
    private readonly Task _serving;
    private bool _cut;

    public Line(Uri to)
    {
        _to = to;
        _door.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_door.LocalEndpoint).Port}/");

    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _cut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _door.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _door.AcceptTcpClientAsync(_end.Token);
                if (Keep(client))
                {
                    _ = JoinAsync(client);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        var server = new TcpClient();
        try
        {
            await server.ConnectAsync(_to.Host, _to.Port, _end.Token);
            if (Keep(server))
            {
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), _end.Token), server.GetStream().CopyToAsync(client.GetStream(), _end.Token));
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut, or one side went.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    /// <returns>False while the line is cut: the connection is refused.</returns>
    private bool Keep(TcpClient client)
    {
        lock (_lock)
        {
            if (_cut)
            {
                client.Dispose();
                return false;
            }

            _open.Add(client);
            return true;
        }
    }
}
