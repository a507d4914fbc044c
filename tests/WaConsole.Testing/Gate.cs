using System.Net;
using System.Net.Sockets;
using Npgsql;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>A way to a database server that can be shut: connections break and new ones are refused, as when the server is gone.</summary>
public sealed class Gate : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private Socket _listener;
    private Opening _opening;
    private Task _accepting;

    public Gate(NpgsqlConnectionStringBuilder server)
    {
        _server = server;
        (_listener, _opening, _accepting) = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    public DatabaseOptions Through(DatabaseOptions options) => new()
    {
        Provider = options.Provider,
        ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Host = "127.0.0.1", Port = Port }.ToString(),
    };

    public void Shut()
    {
        _listener.Dispose();
        _opening.End();
    }

    public void Reopen() => (_listener, _opening, _accepting) = Listen(Port);

    public async ValueTask DisposeAsync()
    {
        Shut();
        await _accepting;
    }

    private (Socket Listener, Opening Opening, Task Accepting) Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        var opening = new Opening();
        return (listener, opening, AcceptAsync(listener, opening));
    }

    private async Task AcceptAsync(Socket listener, Opening opening)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                opening.Add(client);
                opening.Add(server);
                await server.ConnectAsync(_server.Host!, _server.Port);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception shut) when (shut is SocketException or ObjectDisposedException)
        {
            // The gate was shut.
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other one learns it below.
        }

        from.Dispose();
        to.Dispose();
    }

    /// <summary>What came through from one opening to its end. One that was accepted just before the end may be added after it, and must not live on.</summary>
    private sealed class Opening
    {
        private readonly Lock _lock = new();
        private readonly List<Socket> _sockets = [];
        private bool _isOver;

        public void Add(Socket socket)
        {
            lock (_lock)
            {
                if (!_isOver)
                {
                    _sockets.Add(socket);
                    return;
                }
            }

            socket.Dispose();
        }

        public void End()
        {
            lock (_lock)
            {
                _isOver = true;
                _sockets.ForEach(socket => socket.Dispose());
                _sockets.Clear();
            }
        }
    }
}
