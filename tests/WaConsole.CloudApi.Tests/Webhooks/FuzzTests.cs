using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>
/// Real and odd bodies, changed at will: the reader returns items or throws its own exception, and the signature says
/// yes or no. Twenty thousand bodies in every run; ten minutes with <c>WACONSOLE_TEST_LONG=1</c>. A failure prints
/// the seed to replay it by; put what it found into the folder <c>Corpus</c>.
/// </summary>
public sealed class FuzzTests
{
    private const int Bodies = 20_000;

    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(10);
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 };

    private static readonly byte[][] Seeds =
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

    private static readonly string[] Secrets = ["one", "two"];

    [Fact]
    public void Bodies_changed_at_will()
    {
        var began = TimeProvider.System.GetTimestamp();
        var config = Config.QuickThrowOnFailure.WithMaxTest(Bodies).WithQuietOnSuccess(quietOnSuccess: true);
        do
        {
            Check.One(config, Prop.ForAll(Changed().ToArbitrary(), plan => Holds(plan.Body)));
        }
        while (IsLong && TimeProvider.System.GetElapsedTime(began) < LongRun);
    }

    [Fact]
    public void Each_odd_body_of_the_corpus_holds() => Assert.All(Seeds, Holds);

    private static void Holds(byte[] body)
    {
        var signature = WebhookSignature.Sign(body, "two");
        Assert.True(WebhookSignature.Verify(body, signature, Secrets));
        Assert.False(WebhookSignature.Verify(body, signature, ["three"]));
        Assert.False(WebhookSignature.Verify([.. body, (byte)' '], signature, Secrets));

        // A header of any text, here the body itself.
        Assert.False(WebhookSignature.Verify(body, Encoding.Latin1.GetString(body), Secrets));

        IReadOnlyList<WebhookItem> items;
        try
        {
            items = WebhookReader.Read(body);
        }
        catch (WebhookFormatException)
        {
            return;
        }

        for (var index = 0; index < items.Count; index++)
        {
            Assert.Equal(index, items[index].Index);
            JsonDocument.Parse(items[index].RawJson, new JsonDocumentOptions { MaxDepth = 512 }).Dispose();
        }
    }

    private static Gen<Plan> Changed() =>
        from seed in Gen.Choose(0, Seeds.Length - 1)
        from changes in AChange().ListOf()
        select new Plan(seed, [.. changes.Take(12)]);

    private static Gen<Change> AChange() =>
        from kind in Gen.Choose(0, 7)
        from place in Gen.Choose(0, int.MaxValue - 1)
        from length in Gen.Choose(0, 200)
        from pick in Gen.Choose(0, int.MaxValue - 1)
        select new Change(kind, place, length, pick);

    /// <summary>A body and what is done to it; small enough to print and to replay.</summary>
    private sealed record Plan(int Seed, IReadOnlyList<Change> Changes)
    {
        public byte[] Body => Changes.Aggregate(Seeds[Seed], (body, change) => change.Apply(body));

        public override string ToString() => $"Plan({Seed}, [{string.Join(", ", Changes)}])";
    }

    private sealed record Change(int Kind, int Place, int Length, int Pick)
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
