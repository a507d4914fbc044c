using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WaConsole.Benchmarks.Intake;

/// <summary>
/// The second process: signed webhooks over plain sockets, so that the load takes little of the two cores it shares with the server.
/// Each connection sends one request at a time.
/// </summary>
internal sealed class Load(LoadOrder order)
{
    private const int MaxRequest = 4096;
    private const int SignatureLength = 64;

    private readonly WebhookFeed _feed = new(order.Name);
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(order.Secret);
    private readonly byte[] _head = Encoding.ASCII.GetBytes(
        $"POST {order.Path} HTTP/1.1\r\nHost: 127.0.0.1:{order.Port}\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n"
        + "Content-Type: application/json\r\nX-Hub-Signature-256: sha256=");

    private readonly Stopwatch _clock = new();
    private int _next = -1;
    private int _refused;
    private int _broken;

    public static async Task<int> RunAsync(string order)
    {
        Console.WriteLine(JsonSerializer.Serialize(await new Load(LoadOrder.Parse(order)).SendAsync()));
        return 0;
    }

    private async Task<LoadResult> SendAsync()
    {
        _clock.Start();
        var own = await Task.WhenAll(Enumerable.Range(0, order.Connections).Select(_ => Task.Run(ConnectionAsync)));
        var elapsed = _clock.Elapsed.TotalSeconds;
        double[] all = [.. own.SelectMany(list => list).Order()];
        double At(double share) => all.Length == 0 ? double.NaN : all[(int)(share * (all.Length - 1))];
        using var self = Process.GetCurrentProcess();
        return new LoadResult(all.Length, _refused, _broken, elapsed, At(0.5), At(0.95), At(0.99), At(1), self.TotalProcessorTime.TotalSeconds);
    }

    private async Task<List<double>> ConnectionAsync()
    {
        var latencies = new List<double>(100_000);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, order.Port);
        var request = new byte[MaxRequest];
        var body = new byte[MaxRequest];
        var answer = new byte[MaxRequest];
        while (Next() is { } number)
        {
            var due = _clock.Elapsed;
            if (order.Rate is { } rate)
            {
                due = TimeSpan.FromSeconds((double)number / rate);
                if (due - _clock.Elapsed is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, TimeProvider.System);
                }
            }

            var length = Compose(number, request, body);
            switch (await ExchangeAsync(socket, request.AsMemory(0, length), answer))
            {
                case 200:
                    latencies.Add((_clock.Elapsed - due).TotalMilliseconds);
                    break;
                case 0:
                    Interlocked.Increment(ref _broken);
                    return latencies;
                default:
                    Interlocked.Increment(ref _refused);
                    break;
            }
        }

        return latencies;
    }

    private int? Next()
    {
        var number = Interlocked.Increment(ref _next);
        var isOver = order.Rate is { } rate ? number >= rate * order.Seconds : _clock.Elapsed.TotalSeconds >= order.Seconds;
        return isOver || number >= order.AtMost ? null : number;
    }

    private int Compose(int number, Span<byte> request, Span<byte> body)
    {
        body = body[.._feed.Write(number, body)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, body, hash);

        _head.CopyTo(request);
        var at = _head.Length;
        Convert.TryToHexStringLower(hash, request[at..], out _);
        at += SignatureLength;
        at += Put("\r\nContent-Length: "u8, request[at..]);
        Utf8Formatter.TryFormat(body.Length, request[at..], out var digits);
        at += digits;
        at += Put("\r\n\r\n"u8, request[at..]);
        return at + Put(body, request[at..]);
    }

    private static int Put(ReadOnlySpan<byte> part, Span<byte> target)
    {
        part.CopyTo(target);
        return part.Length;
    }

    /// <returns>The status; zero when the connection broke.</returns>
    private static async Task<int> ExchangeAsync(Socket socket, ReadOnlyMemory<byte> request, byte[] answer)
    {
        try
        {
            await socket.SendAsync(request);
            var have = 0;
            while (true)
            {
                var read = await socket.ReceiveAsync(answer.AsMemory(have));
                if (read == 0)
                {
                    return 0;
                }

                have += read;
                if (StatusOf(answer.AsSpan(0, have)) is { } status)
                {
                    return status;
                }
            }
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>The status once the whole answer is there. The server's answers to webhooks have no body.</summary>
    private static int? StatusOf(ReadOnlySpan<byte> answer)
    {
        if (!answer.EndsWith("\r\n\r\n"u8) || !Utf8Parser.TryParse(answer["HTTP/1.1 ".Length..], out int status, out _))
        {
            return null;
        }

        return status;
    }
}
