using System.Collections.Concurrent;
using WaConsole.CloudApi;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Catalogue;

/// <summary><see cref="ProductId"/> is the content id, which messages and orders name the product by. <see cref="Price"/> is as the catalogue writes it.</summary>
public sealed record CatalogueProduct(string ProductId, string Name, string? Price, bool InStock, bool Approved)
{
    /// <summary>WhatsApp refuses a suggestion of anything else.</summary>
    public bool MaySuggest => InStock && Approved;
}

public abstract record CatalogueView
{
    private CatalogueView()
    {
    }

    /// <summary><see cref="More"/>: the catalogue holds more products than are kept here.</summary>
    public sealed record Connected(string CatalogueId, string? Name, IReadOnlyList<CatalogueProduct> Products, bool More) : CatalogueView
    {
        private readonly Dictionary<string, CatalogueProduct> _byId = Products.DistinctBy(product => product.ProductId).ToDictionary(product => product.ProductId);

        public CatalogueProduct? Find(string catalogueId, string productId) => catalogueId == CatalogueId ? _byId.GetValueOrDefault(productId) : null;
    }

    /// <summary>None is connected, or WhatsApp did not let us read it: <see cref="Sentence"/> says which and what to do.</summary>
    public sealed record None(string Sentence) : CatalogueView;
}

/// <summary>
/// The catalogue connected to a number's account, with its first products. Kept for a few minutes and read once however many ask: a
/// thread draws names of products by it.
/// </summary>
public sealed class ReadCatalogue
{
    public const int MaxProducts = 1_000;

    private const int PageSize = 250;
    private const int MaxName = 200;
    private const int MaxId = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(30);

    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly TimeProvider _clock;

    /// <summary>One entry per account of ours.</summary>
    private readonly ConcurrentDictionary<long, Entry> _known = new();

    internal ReadCatalogue(AccountDirectory directory, CloudApiClient cloud, TimeProvider clock)
    {
        (_directory, _cloud, _clock) = (directory, cloud, clock);
    }

    public async Task<CatalogueView> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustSeeNumber(numberId);
        if (await _directory.NumberAsync(numberId, cancellationToken) is not { Account: var account })
        {
            return new CatalogueView.None(Texts.Interactive.Of("CatalogueNone"));
        }

        var now = _clock.GetUtcNow();
        if (!_known.TryGetValue(account.Id, out var entry) || entry.IsOver(now))
        {
            // Two at once may both begin: the later one's answer is kept and both are right.
            entry = new Entry(() => ReadAsync(account), now);
            _known[account.Id] = entry;
        }

        // The answer is everybody's; its words are of whoever reads it.
        return await entry.Answer.WaitAsync(cancellationToken) switch
        {
            { View: { } view } => view,
            { Error: { } error } => new CatalogueView.None(Texts.Interactive.Of("CatalogueUnreadable", ErrorSentence.Of(error))),
            _ => new CatalogueView.None(Texts.Interactive.Of("CatalogueNone")),
        };
    }

    /// <summary>Belongs to everybody who asks, so nobody's leaving ends it; the client's time limit does.</summary>
    private async Task<Answer> ReadAsync(AccountAccess account)
    {
        try
        {
            var connected = await _cloud.ListCataloguesAsync(account.ForCalls(), account.WhatsAppId, CancellationToken.None);
            if (connected.Count == 0)
            {
                return new Answer(null, null);
            }

            var (products, more) = await ProductsAsync(account, connected[0].Id);
            return new Answer(new CatalogueView.Connected(connected[0].Id, connected[0].Name, products, more), null);
        }
        catch (CloudApiException failure)
        {
            return new Answer(null, failure.Error);
        }
    }

    private async Task<(IReadOnlyList<CatalogueProduct> Products, bool More)> ProductsAsync(AccountAccess account, string catalogueId)
    {
        List<CatalogueProduct> products = [];
        string? after = null;
        do
        {
            var page = await _cloud.ListProductsAsync(account.ForCalls(), catalogueId, after, PageSize, CancellationToken.None);
            products.AddRange(page.Items.Select(Read));
            after = page.Items.Count > 0 ? page.Next : null;
        }
        while (after is not null && products.Count < MaxProducts);

        return ([.. products.Take(MaxProducts)], after is not null || products.Count > MaxProducts);
    }

    /// <summary>What the catalogue leaves out does not stand in the way: WhatsApp itself decides when the message is sent.</summary>
    private static CatalogueProduct Read(ProductInfo info)
    {
        var id = StoredText.Clean(info.RetailerId, MaxId);
        return new CatalogueProduct(
            id,
            StoredText.CleanOrNull(info.Name, MaxName) ?? id,
            StoredText.CleanOrNull(info.Price, MaxName),
            info.Availability is null || !info.Availability.Equals("out of stock", StringComparison.OrdinalIgnoreCase),
            info.ReviewStatus is null or "" || info.ReviewStatus.Equals("approved", StringComparison.OrdinalIgnoreCase));
    }

    private sealed record Answer(CatalogueView.Connected? View, CloudApiError? Error);

    private sealed class Entry
    {
        private readonly DateTimeOffset _since;
        private bool _found;

        public Entry(Func<Task<Answer>> read, DateTimeOffset now)
        {
            _since = now;
            Answer = NoteAsync(read);
        }

        public Task<Answer> Answer { get; }

        public bool IsOver(DateTimeOffset now) => Answer.IsCompleted && now - _since > (_found ? Kept : FailureKept);

        private async Task<Answer> NoteAsync(Func<Task<Answer>> read)
        {
            var answer = await read();
            _found = answer.View is not null;
            return answer;
        }
    }
}
