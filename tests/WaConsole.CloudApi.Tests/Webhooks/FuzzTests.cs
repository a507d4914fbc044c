using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>
/// Real and odd bodies, changed at will: the reader returns items or throws its own exception, and the signature says
/// yes or no. For a minute in every run; for ten with <c>WACONSOLE_TEST_LONG=1</c>. A failure prints the seed to replay it by; put what it
/// found into the folder <c>Corpus</c>.
/// </summary>
public sealed class FuzzTests
{
    private const int Bodies = 1_000;

    private static readonly TimeSpan For = TimeSpan.FromMinutes(Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 } ? 10 : 1);

    private static readonly string[] Secrets = ["one", "two"];

    [Fact]
    public void Bodies_changed_at_will()
    {
        var began = TimeProvider.System.GetTimestamp();
        var bodies = 0;
        var config = Config.QuickThrowOnFailure.WithMaxTest(Bodies).WithQuietOnSuccess(quietOnSuccess: true);
        do
        {
            Check.One(config, Prop.ForAll(Changed().ToArbitrary(), changed => Holds(changed.Body)));
            bodies += Bodies;
        }
        while (TimeProvider.System.GetElapsedTime(began) < For);

        TestContext.Current.TestOutputHelper?.WriteLine($"{bodies} bodies");
    }

    [Fact]
    public void Each_odd_body_of_the_corpus_holds() => Assert.All(ChangedBody.Seeds, Holds);

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

    private static Gen<ChangedBody> Changed() =>
        from seed in Gen.Choose(0, ChangedBody.Seeds.Length - 1)
        from changes in AChange().ListOf()
        select new ChangedBody(seed, [.. changes.Take(ChangedBody.MostChanges)]);

    private static Gen<ChangedBody.Change> AChange() =>
        from kind in Gen.Choose(0, ChangedBody.Kinds - 1)
        from place in Gen.Choose(0, int.MaxValue - 1)
        from length in Gen.Choose(0, ChangedBody.MostBytes)
        from pick in Gen.Choose(0, int.MaxValue - 1)
        select new ChangedBody.Change(kind, place, length, pick);
}
