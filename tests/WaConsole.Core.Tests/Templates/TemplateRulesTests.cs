using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class TemplateRulesTests
{
    /// <summary>Known only from what the account did before: TemplateAccountRulesTests does it.</summary>
    internal static readonly string[] OfTheAccount =
        ["NAME_TAKEN", "NAME_LOCKED", "NOT_EDITABLE", "NAME_FIXED", "CATEGORY_FIXED", "ACCOUNT_FULL", "CREATED_TOO_MANY", "EDITED_TODAY", "EDITED_OFTEN"];

    /// <summary>Members of template-rules.json that say how a thing is written, sent or shown, not what is forbidden.</summary>
    private static readonly string[] NoRule =
    [
        "schema", "name.conf", "language.normaliseWebhook", "language.conf", "categories.AUTHENTICATION.paramMax", "categories.createParamRemoved",
        "categories.reviewRequestDays", "categories.reviewRequestWhere", "categories.conf", "subCategories.read", "subCategories.conf", "quality",
        "limits.templatesPerWaba.countsEachLanguage", "limits.templatesPerWaba.countsNote", "limits.edits.REJECTED", "limits.edits.PAUSED",
        "limits.bulkDeleteIds", "limits.archiveIds", "limits.conf", "parameters.default", "parameters.sendValueRules",
        "components.HEADER.max", "components.HEADER.formats.LOCATION", "components.HEADER.formats.VIDEO.codec", "components.BODY.max",
        "components.BODY.overrides", "components.BODY.newlines", "components.BODY.markdown", "components.FOOTER.max",
        "components.BUTTONS.types.OTP.readBackAs", "components.BUTTONS.types.VOICE_CALL.conf", "components.BUTTONS.types.REQUEST_CONTACT_INFO.since",
        "components.LIMITED_TIME_OFFER.max", "components.LIMITED_TIME_OFFER.send", "components.CAROUSEL.mediaCard.sendExactlyDefinedCount",
        "components.CALL_PERMISSION_REQUEST", "authentication.codeMaxChars", "authentication.add_security_recommendation", "authentication.codeSentTwice",
        "authentication.noAppButtonDefaultExpiry", "ttl.field",
    ];

    private const string SimulatedAppId = "700000000000001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Codes => [.. RuleBook.All.Select(rule => rule.Code).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Refused =>
        [.. RuleBook.All.Where(rule => rule.Severity == FindingSeverity.Error).Select(rule => rule.Code).Except(OfTheAccount).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Codes))]
    public void Each_rule_is_told_where_it_is_broken_in_every_language(string code)
    {
        Assert.True(Breaking.Rules.TryGetValue(code, out var breaking), $"No template here breaks {code}: add one.");
        HashSet<string> sentences = [];
        foreach (var language in (string[])["en", "es", "pt-BR", "hi", "ar", "id"])
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
            var finding = TemplateRules.Check(breaking.Template, breaking.Facts).FirstOrDefault(finding => finding.Code == code);
            Assert.True(finding is not null, $"{code} was not found.");
            Assert.Equal(RuleBook.Of(code).Severity, finding.Severity);
            Assert.NotEmpty(finding.Field);
            Assert.DoesNotContain("{0}", finding.Sentence, StringComparison.Ordinal);
            sentences.Add(finding.Sentence);
        }

        Assert.Equal(6, sentences.Count);
    }

    [Fact]
    public void Name_language_and_kind_of_variables_of_a_template_that_exists_stay()
    {
        var facts = new RuleFacts { Edits = new EditFacts("pickup_ready", "en_US", Named: false, "REJECTED", TemplateCategories.Utility, new EditsLeft(1, 10, null)) };

        Assert.Empty(Fixed(Every.Plain));
        Assert.Equal(["name"], Fixed(Every.Plain with { Name = "pickup_soon" }));
        Assert.Equal(["language"], Fixed(Every.Plain with { Language = "de" }));
        Assert.Equal(["variables"], Fixed(Every.Plain with { Named = true }));

        IEnumerable<string> Fixed(ComposedTemplate template) =>
            TemplateRules.Check(template, facts).Where(finding => finding.Code == "NAME_FIXED").Select(finding => finding.Field);
    }

    [Fact]
    public void Every_fact_of_the_rules_file_stands_behind_a_rule_or_is_none()
    {
        using var facts = JsonDocument.Parse(RuleBook.Open(RuleBook.FactsName));
        var covered = RuleBook.All.SelectMany(rule => rule.From).Concat(NoRule).ToList();

        Assert.DoesNotContain(Leaves(facts.RootElement, ""), leaf => !covered.Exists(path => leaf == path || leaf.StartsWith(path + ".", StringComparison.Ordinal)));
        Assert.DoesNotContain(covered, path => RuleBook.At(facts.RootElement, path) is null);
        Assert.Empty(Breaking.Rules.Keys.Except(RuleBook.All.Select(rule => rule.Code)));
    }

    [Theory, MemberData(nameof(Refused))]
    public async Task WhatsApp_refuses_what_breaks_a_rule_of_severity_error(string code)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestAccount.AccessToken);
        var breaking = Breaking.Rules[code];
        var template = breaking.Template;
        var handles = new Dictionary<string, string>();
        foreach (var kind in PreviewDraft.MediaOf(template).Where(file => file.Handle is not null || file.MediaFileId is not null).Select(file => file.Kind).Distinct())
        {
            var file = breaking.Facts?.Files?[1];
            if (await UploadAsync(http, file?.MimeType ?? (kind == HeaderMediaKind.Image ? "image/png" : "video/mp4"), (int)Math.Max(file?.SizeBytes ?? 0, 100)) is not { } handle)
            {
                // Not even the file was taken.
                return;
            }

            handles[kind.ToString()] = handle;
        }

        template = PreviewDraft.WithMedia(template, (file, _) => handles.TryGetValue(file.Kind.ToString(), out var handle) ? file with { Handle = handle } : file);
        var (status, answer) = await CreateAsync(http, template);

        Assert.True(status == 400, $"{code}: {status} {answer}");
    }

    [Theory, MemberData(nameof(ComposedTemplateTests.Kinds), MemberType = typeof(ComposedTemplateTests))]
    public async Task WhatsApp_takes_every_kind_that_is_right(string kind)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestAccount.AccessToken);
        var template = Every.All[kind];
        foreach (var media in PreviewDraft.MediaOf(template).Select(file => file.Kind).Distinct())
        {
            var handle = await UploadAsync(http, media switch { HeaderMediaKind.Image => "image/png", HeaderMediaKind.Document => "application/pdf", _ => "video/mp4" }, 100);
            template = PreviewDraft.WithMedia(template, (file, _) => file.Kind == media ? file with { Handle = handle } : file);
        }

        var (status, answer) = await CreateAsync(http, template);

        Assert.True(status == 200, $"{kind}: {status} {answer}");
    }

    [Fact]
    public void A_name_ends_with_its_last_character()
    {
        Assert.Contains(TemplateRules.Check(Every.Plain with { Name = "pickup_ready\n" }), finding => finding.Code == "NAME_FORM");
    }

    [Fact]
    public void The_validator_tells_the_same_as_the_rules()
    {
        var broken = Breaking.Rules["BODY_LONG"].Template with { Footer = new string('x', 61) };

        var result = new ComposedTemplateValidator().Validate(broken);

        Assert.Equal(
            TemplateRules.Check(broken).Select(finding => (finding.Code, finding.Field, finding.Sentence)),
            result.Errors.Select(error => (error.ErrorCode, error.PropertyName, error.ErrorMessage)));
        Assert.Equal(FluentValidation.Severity.Error, result.Errors.Single(error => error.ErrorCode == "FOOTER_LENGTH").Severity);
        Assert.Equal(FluentValidation.Severity.Warning, result.Errors.Single(error => error.ErrorCode == "BODY_LONG").Severity);
    }

    internal static async Task<(int Status, string Answer)> CreateAsync(HttpClient http, ComposedTemplate template)
    {
        var body = new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["category"] = template.Category,
            ["parameter_format"] = template.Named ? "NAMED" : "POSITIONAL",
            ["components"] = JsonNode.Parse(WriteComponents.Run(template)),
        };
        if (template.TtlSeconds is { } seconds)
        {
            body["message_send_ttl_seconds"] = seconds;
        }

        using var answer = await http.PostAsync(
            new Uri($"v25.0/{TestAccount.WhatsAppId}/message_templates", UriKind.Relative), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), Token);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <returns>Null when the file is refused.</returns>
    private static async Task<string?> UploadAsync(HttpClient http, string type, int length)
    {
        using var started = await http.PostAsync(
            new Uri($"v25.0/{SimulatedAppId}/uploads?file_name=sample&file_length={length}&file_type={Uri.EscapeDataString(type)}", UriKind.Relative), null, Token);
        if (JsonNode.Parse(await started.Content.ReadAsStringAsync(Token))!["id"]?.GetValue<string>() is not { } upload)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.BaseAddress!, $"v25.0/{upload}")) { Content = new ByteArrayContent(Bytes(type, length)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", TestAccount.AccessToken);
        request.Headers.Add("file_offset", "0");
        using var done = await http.SendAsync(request, Token);
        return JsonNode.Parse(await done.Content.ReadAsStringAsync(Token))!["h"]?.GetValue<string>()
            ?? throw new InvalidOperationException(await done.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Begins as a file of this type does.</summary>
    private static byte[] Bytes(string type, int length)
    {
        var bytes = new byte[length];
        var head = type switch
        {
            "image/png" => TemplateDraftTests.Png,
            "application/pdf" => "%PDF-1.7\n"u8.ToArray(),
            _ => [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0, .. "mp42isom"u8],
        };
        head.CopyTo(bytes, 0);
        return bytes;
    }

    private static IEnumerable<string> Leaves(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"));
        }

        return element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 && element[0].ValueKind == JsonValueKind.Object
            ? element.EnumerateArray().SelectMany((item, index) => Leaves(item, item.TryGetProperty("id", out var id) ? $"{path}.{id.GetString()}" : $"{path}.{index}"))
            : [path];
    }
}
