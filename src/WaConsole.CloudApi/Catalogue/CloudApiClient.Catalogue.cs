using System.Globalization;
using System.Text.Json;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    private const string ProductFields = "id,retailer_id,name,price,currency,availability,review_status";

    /// <summary>
    /// Catalogues connected to the business account: one at most today. The token needs <c>catalog_management</c> (sell with
    /// catalogues, 2026).
    /// </summary>
    public async Task<IReadOnlyList<CatalogueInfo>> ListCataloguesAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(businessAccountId)}/product_catalogs", cancellationToken);
        return Page<CatalogueInfo>.Read(answer.RootElement, ReadCatalogue).Items;
    }

    /// <summary>Products, a page at a time, in the catalogue's order.</summary>
    public async Task<Page<ProductInfo>> ListProductsAsync(
        CloudApiAccount account, string catalogueId, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("fields", ProductFields), ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("after", after));
        using var answer = await GetAsync(account, $"{GraphId.Check(catalogueId)}/products{query}", cancellationToken);
        return Page<ProductInfo>.Read(answer.RootElement, ReadProduct);
    }

    private static CatalogueInfo? ReadCatalogue(JsonElement row) =>
        row.Text("id"u8) is { Length: > 0 } id ? new(id, row.Text("name"u8)) : null;

    private static ProductInfo? ReadProduct(JsonElement row) =>
        row.Text("retailer_id"u8) is { Length: > 0 } retailerId
            ? new(
                row.Text("id"u8) ?? "",
                retailerId,
                row.Text("name"u8),
                row.Text("price"u8),
                row.Text("currency"u8),
                row.Text("availability"u8),
                row.Text("review_status"u8))
            : null;
}
