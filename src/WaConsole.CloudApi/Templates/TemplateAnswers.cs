using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Which templates; null takes all. Values are Meta's words, such as <c>APPROVED</c>, <c>MARKETING</c>.</summary>
/// <param name="Name">The exact name.</param>
public sealed record TemplateFilter(
    string? Status = null,
    string? Category = null,
    string? Language = null,
    string? Name = null,
    string? NameOrContent = null,
    string? QualityScore = null);

/// <param name="Failed">Reasons by template id.</param>
public sealed record TemplateArchived(IReadOnlyList<string> Done, IReadOnlyDictionary<string, string> Failed)
{
    internal static TemplateArchived Read(JsonElement answer, ReadOnlySpan<byte> list) => new(
        [.. answer.Items(list).Select(id => id.AsText()).OfType<string>()], TemplateFailures.Read(answer));
}

/// <param name="Migrated">The ids here.</param>
/// <param name="Failed">Reasons by the source's template id.</param>
public sealed record TemplateMigration(IReadOnlyList<string> Migrated, IReadOnlyDictionary<string, string> Failed)
{
    internal static TemplateMigration Read(JsonElement answer) => new(
        [.. answer.Items("migrated_templates"u8).Select(id => id.AsText()).OfType<string>()],
        TemplateFailures.Read(answer));
}

internal static class TemplateFailures
{
    public static Dictionary<string, string> Read(JsonElement answer)
    {
        var failed = new Dictionary<string, string>(StringComparer.Ordinal);
        if (answer.Object("failed_templates"u8) is { } reasons)
        {
            foreach (var reason in reasons.EnumerateObject())
            {
                failed[reason.Name] = reason.Value.AsText() ?? "";
            }
        }

        return failed;
    }
}

/// <summary>What to look for in the library; null leaves it open.</summary>
/// <param name="Topic">For example <c>ORDER_MANAGEMENT</c>.</param>
/// <param name="UseCase">For example <c>DELIVERY_UPDATE</c>.</param>
/// <param name="Industry">For example <c>E_COMMERCE</c>.</param>
public sealed record LibraryQuery(
    string? Text = null,
    string? Topic = null,
    string? UseCase = null,
    string? Industry = null,
    string? Language = null);

/// <summary>A ready-made template.</summary>
/// <param name="BodyParams">Samples of its variables.</param>
/// <param name="BodyParamTypes">
/// <c>TEXT</c>, <c>AMOUNT</c>, <c>DATE</c>, …: values of another type are refused when sending.
/// </param>
/// <param name="ButtonsJson">The raw array, <c>[]</c> when there is none.</param>
public sealed record LibraryTemplate(
    string Name,
    string? Id,
    string? Language,
    string? Category,
    string? Topic,
    string? UseCase,
    IReadOnlyList<string> Industries,
    string? Header,
    string? Body,
    IReadOnlyList<string> BodyParams,
    IReadOnlyList<string> BodyParamTypes,
    string ButtonsJson)
{
    internal static LibraryTemplate? Read(JsonElement row) => row.Text("name"u8) is { } name
        ? new(
            name,
            row.Text("id"u8),
            row.Text("language"u8),
            row.Text("category"u8),
            row.Text("topic"u8),
            row.Text("usecase"u8),
            Texts(row, "industry"u8),
            row.Text("header"u8),
            row.Text("body"u8),
            Texts(row, "body_params"u8),
            Texts(row, "body_param_types"u8),
            row.Member("buttons"u8) is { ValueKind: JsonValueKind.Array } buttons ? buttons.GetRawText() : "[]")
        : null;

    private static string[] Texts(JsonElement row, ReadOnlySpan<byte> name) =>
        [.. row.Items(name).Select(value => value.AsText()).OfType<string>()];
}

/// <summary>WhatsApp's own words for one-time passwords in one language.</summary>
public sealed record AuthenticationPreview(string Language, string? Body, string? Footer, string? ButtonLabel)
{
    internal static AuthenticationPreview? Read(JsonElement row) => row.Text("language"u8) is { } language
        ? new(language, row.Text("body"u8), row.Text("footer"u8), row.First("buttons"u8)?.Text("text"u8))
        : null;
}
