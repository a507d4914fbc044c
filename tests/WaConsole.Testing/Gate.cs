using System.Net;
using System.Net.Sockets;
using Npgsql;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>A way to a database server that can be shut: connections break and new ones are refused, as when the server is gone.</summary>
public sealed class Gate : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly List<Socket> _sockets = [];

    /// <summary>Has the port and does not listen, so that nobody else is given it while the gate is shut.</summary>
    private readonly Socket _place = Bound(0);

    private Socket _listener;
    private Task _accepting;
    private bool _isShut;

    public Gate(NpgsqlConnectionStringBuilder server)
    {
        _server = server;
        Port = ((IPEndPoint)_place.LocalEndPoint!).Port;
        (_listener, _accepting) = Listen();
    }

    public int Port { get; }

    public DatabaseOptions Through(DatabaseOptions options) => new()
    {
        Provider = options.Provider,
        ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Host = "127.0.0.1", Port = Port }.ToString(),
    };

    public void Shut()
    {
        lock (_sockets)
        {
            _isShut = true;
            _listener.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    public void Reopen()
    {
        lock (_sockets)
        {
            _isShut = false;
            (_listener, _accepting) = Listen();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Shut();
        await _accepting;
        _place.Dispose();
    }

    private static Socket Bound(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private (Socket Listener, Task Accepting) Listen()
    {
        var listener = Bound(Port);
        listener.Listen();
        return (listener, AcceptAsync(listener));
    }

    /// <returns>False when the gate was shut while they came.</returns>
    private bool Keep(Socket client, Socket server)
    {
        lock (_sockets)
        {
            if (_isShut)
            {
                client.Dispose();
                server.Dispose();
                return false;
            }

            _sockets.Add(client);
            _sockets.Add(server);
            return true;
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                if (Keep(client, server))
                {
                    await server.ConnectAsync(_server.Host!, _server.Port);
                    _ = PumpAsync(client, server);
                    _ = PumpAsync(server, client);
                }
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
}
