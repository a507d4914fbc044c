using System.Text;

namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>A real or odd body and what is done to it; small enough to print and to replay.</summary>
internal sealed record ChangedBody(int Seed, IReadOnlyList<ChangedBody.Change> Changes)
{
    public const int MostChanges = 12;
    public const int Kinds = 8;
    public const int MostBytes = 200;

    public static readonly byte[][] Seeds =
    [
        Encoding.UTF8.GetBytes(Samples.Everything),
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Webhooks", "Corpus"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u", "\\ud83d", "\\udc4d", "\\u0000", "null", "true", "false", "0", "-1",
            "1e999", "-0", "1.5", "99999999999999999999", "\"\"", "{}", "[]", "[[]]", "[null]", "\"id\":", "\"type\":", "\"text\":",
            "\"timestamp\":", "\"messages\":[{}]", "\"statuses\":[{}]", "\"standby\":{}", "\"history\":[{}]", "\"groups\":[{}]",
            "\"contacts\":[{}]", "\"errors\":[{}]", "\"value\":{}", "\"field\":\"standby\"", "\"entry\":[", "\"changes\":[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0],
    ];

    public byte[] Body => Changes.Aggregate(Seeds[Seed], (body, change) => change.Apply(body));

    public override string ToString() => $"ChangedBody({Seed}, [{string.Join(", ", Changes)}])";

#pragma warning disable CA5394 // Must be repeatable, not unpredictable.
    public static ChangedBody Next(Random random) => new(
        random.Next(Seeds.Length),
        [
            .. Enumerable.Range(0, random.Next(MostChanges + 1)).Select(_ => new Change(
                random.Next(Kinds), random.Next(int.MaxValue), random.Next(MostBytes + 1), random.Next(int.MaxValue))),
        ]);
#pragma warning restore CA5394

    internal sealed record Change(int Kind, int Place, int Length, int Pick)
    {
        public byte[] Apply(byte[] body)
        {
            var at = body.Length == 0 ? 0 : Place % body.Length;
            var end = Math.Min(body.Length, at + Length);
            var word = Words[Pick % Words.Length];
            return Kind switch
            {
                0 => [.. body[..at], (byte)Pick, .. body[Math.Min(body.Length, at + 1)..]],
                1 => [.. body[..at], .. body[end..]],
                2 => [.. body[..end], .. body[at..]],
                3 => [.. body[..at], .. word, .. body[at..]],
                4 => [.. body[..at], .. word, .. body[end..]],
                5 => Splice(body, at),
                6 => body[..at],
                _ => ReplaceValue(body, at, word),
            };
        }

        private byte[] Splice(byte[] body, int at)
        {
            var other = Seeds[Pick % Seeds.Length];
            var from = other.Length == 0 ? 0 : Pick % other.Length;
            return [.. body[..at], .. other[from..Math.Min(other.Length, from + Length)], .. body[at..]];
        }

        /// <summary>From the next colon to the next comma or brace: mostly one whole value.</summary>
        private static byte[] ReplaceValue(byte[] body, int at, byte[] word)
        {
            var colon = Array.IndexOf(body, (byte)':', at);
            if (colon < 0)
            {
                return body;
            }

            var length = body.AsSpan(colon).IndexOfAny((byte)',', (byte)'}', (byte)']');
            return length < 0 ? body : [.. body[..(colon + 1)], .. word, .. body[(colon + length)..]];
        }
    }
}
