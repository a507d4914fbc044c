using System.Net;
using System.Net.Sockets;

namespace WaConsole.Core.Tests.Live;

/// <summary>The way to a server, on a loopback port of its own, that can be cut and mended.</summary>
internal sealed class CutWay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _gone = new();
    private readonly DnsEndPoint _server;
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private bool _cut;

    private CutWay(DnsEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public static Task<CutWay> StartAsync(string server)
    {
        var at = server.LastIndexOf(':');
        var port = int.Parse(server.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult(new CutWay(new DnsEndPoint(server[..at], port)));
    }

    public void Cut()
    {
        lock (_open)
        {
            _cut = true;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_open)
        {
            _cut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        Cut();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_gone.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_gone.Token);
            var server = new TcpClient();
            if (Keep(client, server))
            {
                await JoinAsync(client, server);
            }
        }
    }

    private async Task JoinAsync(TcpClient client, TcpClient server)
    {
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _gone.Token);
            _ = Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The way was cut meanwhile; those who come when it is mended find it open.
            client.Dispose();
        }
    }

    private bool Keep(TcpClient client, TcpClient server)
    {
        lock (_open)
        {
            if (_cut)
            {
                client.Dispose();
                server.Dispose();
                return false;
            }

            _open.Add(client);
            _open.Add(server);
            return true;
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The way was cut.
        }
    }
}
