using System.Globalization;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    private const string TemplateFields =
        "id,name,language,status,category,sub_category,parameter_format,quality_score,rejected_reason,"
        + "previous_category,correct_category,components,message_send_ttl_seconds,library_template_name,"
        + "cta_url_link_tracking_opted_out";

    private const int BulkLimit = 100;

    /// <summary>One page of templates; read on with <see cref="TemplatePage.Next"/> until it is null.</summary>
    /// <exception cref="CloudApiException">Code 131059: the cursor is stale, start again without one.</exception>
    public Task<TemplatePage> ListTemplatesAsync(
        CloudApiAccount account,
        string businessAccountId,
        string? after,
        int limit,
        CancellationToken cancellationToken) =>
        ListTemplatesAsync(account, businessAccountId, new TemplateFilter(), after, limit, cancellationToken);

    /// <summary>As the other form, of the templates that fit.</summary>
    public async Task<TemplatePage> ListTemplatesAsync(
        CloudApiAccount account,
        string businessAccountId,
        TemplateFilter filter,
        string? after,
        int limit,
        CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("fields", TemplateFields),
            ("limit", limit.ToString(CultureInfo.InvariantCulture)),
            ("after", after),
            ("status", filter.Status),
            ("category", filter.Category),
            ("language", filter.Language),
            ("name", filter.Name),
            ("name_or_content", filter.NameOrContent),
            ("quality_score", filter.QualityScore));
        using var answer = await GetAsync(
            account, $"{GraphId.Check(businessAccountId)}/message_templates{query}", cancellationToken);
        return new TemplatePage(
            [.. answer.RootElement.Items("data"u8).Select(TemplateReading.Read).OfType<TemplateInfo>()],
            Paging.Next(answer.RootElement));
    }

    public async Task<TemplateInfo> GetTemplateAsync(
        CloudApiAccount account, string templateId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(templateId)}?fields={TemplateFields}", cancellationToken);
        return TemplateReading.Read(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>
    /// Hands a template in for review: up to 100 in an hour, 250 per account (6,000 for verified businesses). The
    /// answer's category is the one in force, whatever was asked for.
    /// </summary>
    /// <exception cref="CloudApiException">
    /// 100 with subcode 2388024: name and language exist; 2388019: the account is full.
    /// </exception>
    public async Task<TemplateCreated> CreateTemplateAsync(
        CloudApiAccount account, string businessAccountId, TemplateDraft draft, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(
            account, $"{GraphId.Check(businessAccountId)}/message_templates", draft.ToJson(), cancellationToken);
        return TemplateCreated.Read(answer.RootElement) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>
    /// Takes a template of Meta's library, usually approved at once (template library, December 2025).
    /// </summary>
    public async Task<TemplateCreated> CreateFromLibraryAsync(
        CloudApiAccount account, string businessAccountId, LibraryDraft draft, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(
            account, $"{GraphId.Check(businessAccountId)}/message_templates", draft.ToJson(), cancellationToken);
        return TemplateCreated.Read(answer.RootElement) ?? throw Unreadable(SendFate.MaybeSent);
    }

    /// <summary>One-time password templates in several languages at once, made or replaced.</summary>
    /// <param name="draft">Without texts of its own; its language is not used.</param>
    public async Task<IReadOnlyList<TemplateCreated>> UpsertTemplatesAsync(
        CloudApiAccount account,
        string businessAccountId,
        TemplateDraft draft,
        IReadOnlyList<string> languages,
        CancellationToken cancellationToken)
    {
        var body = draft.ToJson();
        body.Remove("language");
        body["languages"] = JsonBytes.List(languages);
        using var answer = await PostAsync(
            account, $"{GraphId.Check(businessAccountId)}/upsert_message_templates", body, cancellationToken);
        return Page<TemplateCreated>.Read(answer.RootElement, TemplateCreated.Read).Items;
    }

    /// <summary>
    /// Changes an approved, rejected or paused template, which then goes through review again. Name and language never
    /// change. An approved one: once in 24 hours, ten times in 30 days, and never its category.
    /// </summary>
    public Task EditTemplateAsync(
        CloudApiAccount account, string templateId, TemplateEdit edit, CancellationToken cancellationToken) =>
        SucceedAsync(account, GraphId.Check(templateId), edit.ToJson(), cancellationToken);

    /// <summary>Deletes every language of a name, which then stays locked for 30 days.</summary>
    public Task DeleteTemplatesAsync(
        CloudApiAccount account, string businessAccountId, string name, CancellationToken cancellationToken) =>
        DeleteAsync(
            account,
            $"{GraphId.Check(businessAccountId)}/message_templates{Query.Of(("name", name))}",
            cancellationToken);

    /// <summary>Deletes one language. A disabled template cannot be deleted.</summary>
    public Task DeleteTemplateAsync(
        CloudApiAccount account,
        string businessAccountId,
        string templateId,
        string name,
        CancellationToken cancellationToken) =>
        DeleteAsync(
            account,
            $"{GraphId.Check(businessAccountId)}/message_templates{Query.Of(("hsm_id", templateId), ("name", name))}",
            cancellationToken);

    /// <summary>Deletes up to 100, all of them or none.</summary>
    public Task DeleteTemplatesAsync(
        CloudApiAccount account,
        string businessAccountId,
        IReadOnlyList<string> templateIds,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(templateIds.Count, BulkLimit, nameof(templateIds));
        var query = Query.Of(("hsm_ids", Query.List(templateIds)));
        return DeleteAsync(
            account, $"{GraphId.Check(businessAccountId)}/message_templates{query}", cancellationToken);
    }

    /// <summary>
    /// Ends a pause that pacing set, at the earliest five minutes after it. A pause for low quality ends by itself
    /// (template pacing, 2026; not in Meta's reference).
    /// </summary>
    /// <returns>Null when done, else Meta's reason.</returns>
    public async Task<string?> UnpauseTemplateAsync(
        CloudApiAccount account, string templateId, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(
            account, $"{GraphId.Check(templateId)}/unpause", body: null, cancellationToken);
        return answer.RootElement.Bool("success"u8) is true ? null : answer.RootElement.Text("reason"u8) ?? "";
    }

    /// <summary>Puts up to 100 templates away, or back; unused ones go by themselves after a year.</summary>
    public async Task<TemplateArchived> ArchiveTemplatesAsync(
        CloudApiAccount account,
        string businessAccountId,
        IReadOnlyList<string> templateIds,
        bool archived,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(templateIds.Count, BulkLimit, nameof(templateIds));
        var path = $"{GraphId.Check(businessAccountId)}/message_templates/{(archived ? "archive" : "unarchive")}";
        var call = Change(HttpMethod.Post, path, new JsonObject { ["hsm_ids"] = JsonBytes.List(templateIds) });
        using var answer = await _graph.CallAsync(account, call with { OnApiHost = true }, cancellationToken);
        return TemplateArchived.Read(answer.RootElement, archived ? "archived_templates"u8 : "unarchived_templates"u8);
    }

    /// <summary>Meta's ready-made templates, a page at a time.</summary>
    public async Task<Page<LibraryTemplate>> SearchTemplateLibraryAsync(
        CloudApiAccount account, LibraryQuery query, string? after, CancellationToken cancellationToken)
    {
        var words = Query.Of(
            ("search", query.Text),
            ("topic", query.Topic),
            ("usecase", query.UseCase),
            ("industry", query.Industry),
            ("language", query.Language),
            ("after", after));
        using var answer = await GetAsync(account, $"message_template_library{words}", cancellationToken);
        return Page<LibraryTemplate>.Read(answer.RootElement, LibraryTemplate.Read);
    }

    /// <summary>How the fixed texts of one-time password templates read.</summary>
    public async Task<IReadOnlyList<AuthenticationPreview>> PreviewAuthenticationAsync(
        CloudApiAccount account,
        string businessAccountId,
        IReadOnlyList<string> languages,
        bool addSecurityRecommendation,
        int? codeExpirationMinutes,
        CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("category", "AUTHENTICATION"),
            ("languages", string.Join(',', languages)),
            ("add_security_recommendation", addSecurityRecommendation ? "true" : "false"),
            ("code_expiration_minutes", codeExpirationMinutes?.ToString(CultureInfo.InvariantCulture)),
            ("button_types", "OTP"));
        using var answer = await GetAsync(
            account, $"{GraphId.Check(businessAccountId)}/message_template_previews{query}", cancellationToken);
        return Page<AuthenticationPreview>.Read(answer.RootElement, AuthenticationPreview.Read).Items;
    }

    /// <summary>Copies approved templates of another account of the same business; up to 500 a call.</summary>
    /// <param name="page">From 0.</param>
    public async Task<TemplateMigration> MigrateTemplatesAsync(
        CloudApiAccount account,
        string toBusinessAccountId,
        string fromBusinessAccountId,
        int page,
        int count,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["source_waba_id"] = fromBusinessAccountId,
            ["page_number"] = page,
            ["count"] = count,
        };
        using var answer = await PostAsync(
            account, $"{GraphId.Check(toBusinessAccountId)}/migrate_message_templates", body, cancellationToken);
        return TemplateMigration.Read(answer.RootElement);
    }
}
