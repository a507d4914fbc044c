using System.ComponentModel;
using System.Text.Json;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Web.Api;

internal sealed record ApiTemplateName(
    string AccountId,
    string Name,
    [property: Description("Text in the first of its languages.")] string Body,
    [property: Description("TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION, PRODUCT, or null for none.")] string? Header,
    [property: Description("Of the last 30 days, in all languages, by the key's numbers.")] long Sent,
    long Delivered,
    long Read,
    DateOnly? LastUsedOn,
    IReadOnlyList<ApiTemplateLanguage> Languages)
{
    public static ApiTemplateName Of(TemplateFamily family) => new(
        ApiText.Id(family.BusinessAccountId), family.Name, family.Body, family.HeaderKind, family.Sent, family.Delivered, family.Read, family.LastUsedOn,
        [.. family.Languages.Select(language => new ApiTemplateLanguage(
            ApiText.Id(language.Id), language.Language, language.Status, language.Category, language.Quality, language.IsUnused))]);
}

internal sealed record ApiTemplateLanguage(
    string Id,
    string Language,
    [property: Description("WhatsApp's word, such as APPROVED.")] string Status,
    string Category,
    string Quality,
    [property: Description("Nobody used it for 90 days.")] bool Unused);

internal sealed record ApiTemplate(
    string Id,
    string AccountId,
    string Name,
    string Language,
    string Category,
    string Status,
    string Quality,
    [property: Description("It may be sent now.")] bool Sendable,
    [property: Description("Why it may not.")] string? NotSendableBecause,
    string? SubCategory,
    string? PreviousCategory,
    [property: Description("What WhatsApp will make of the category.")] string? CorrectCategory,
    DateTime? CategoryChangesAt,
    string? RejectedReason,
    [property: Description("What WhatsApp recommends.")] string? Recommendation,
    [property: Description("What has to be given when it is sent, by key.")] IReadOnlyList<ApiTemplateField> Fields,
    [property: Description("WhatsApp's components; null when they cannot be read.")] JsonElement? Components,
    DateTime SyncedAt,
    int EditsLeftToday,
    int EditsLeftThisMonth,
    IReadOnlyList<ApiTemplateEvent> Timeline,
    [property: Description("Ids of drafts of it.")] IReadOnlyList<string> DraftIds)
{
    public static ApiTemplate Of(TemplateDetail detail) => new(
        ApiText.Id(detail.View.Id), ApiText.Id(detail.BusinessAccountId), detail.View.Name, detail.View.Language, detail.View.Category, detail.View.Status,
        detail.View.Quality, detail.View.Sendable, detail.View.NotSendableBecause, detail.SubCategory, detail.PreviousCategory, detail.CorrectCategory,
        detail.CategoryChangesAtUtc, detail.RejectedReason, detail.Recommendation,
        [.. detail.View.Fields.Select(field => new ApiTemplateField(field.Key, ApiText.Word(field.Kind), field.Label, field.Sample, field.MaxLength, field.Required))],
        detail.Content is not null ? JsonElement.Parse(detail.ComponentsJson) : null,
        detail.SyncedAtUtc, detail.EditsLeft.Today, detail.EditsLeft.Month,
        [.. detail.Timeline.Select(line => new ApiTemplateEvent(line.AtUtc, ApiText.Word(line.Kind), line.Sentence, line.Reason, line.By))],
        [.. detail.DraftIds.Select(ApiText.Id)]);
}

internal sealed record ApiTemplateField(string Key, string Kind, string Label, string? Sample, int MaxLength, bool Required);

internal sealed record ApiTemplateEvent(
    DateTime At, string Kind, string Sentence, string? Reason, [property: Description("Who did it; null for WhatsApp.")] string? By);

internal sealed record ApiTemplateInsight(
    int Days,
    [property: Description("Also those that failed.")] long Sent,
    long Delivered,
    long Read,
    long Failed,
    [property: Description("Buttons that answer us, and forms.")] long Pressed,
    [property: Description("The customer's first message after it, within a week.")] long Replied,
    [property: Description("Stops in answer to it.")] long OptedOut,
    [property: Description("Delivered, and WhatsApp said that they cost nothing.")] long Free,
    [property: Description("Delivered, and WhatsApp said that they cost.")] long Charged,
    [property: Description("Of those charged: how many no price is known of.")] long Unpriced,
    [property: Description("Delivered, and WhatsApp has not said whether they cost.")] long Unsaid,
    [property: Description("Estimates, one a currency.")] IReadOnlyList<ApiTemplateCost> Costs,
    IReadOnlyList<ApiTemplateFailure> Failures,
    IReadOnlyList<ApiTemplateDay> ByDay,
    IReadOnlyList<ApiTemplateUse> Uses,
    DateOnly? LastUsedOn,
    [property: Description("How often its links were opened; null when it has none.")] ApiTemplateLinks? Links)
{
    public static ApiTemplateInsight Of(TemplateInsight insight, TemplateLinks? links) => new(
        insight.Days, insight.Sent, insight.Delivered, insight.Read, insight.Failed, insight.Pressed, insight.Replied, insight.OptedOut, insight.Free,
        insight.Charged, insight.Unpriced, insight.Unsaid,
        [.. insight.Costs.Select(cost => new ApiTemplateCost(cost.Currency, cost.Amount))],
        [.. insight.Failures.Select(failure => new ApiTemplateFailure(failure.Code, failure.Sentence, failure.Count))],
        [.. insight.ByDay.Select(day => new ApiTemplateDay(day.Day, day.Sent, day.Delivered, day.Read))],
        [.. insight.Uses.Select(use => new ApiTemplateUse(ApiText.Id(use.NumberId), use.Sent, use.LastOn))],
        insight.LastUsedOn,
        links is null ? null : new ApiTemplateLinks(
            ApiText.Word(links.State), links.ReadAtUtc,
            links.ReadAtUtc is null ? [] : [.. links.Buttons.Select(button => new ApiTemplateLink(button.Button, button.Clicks, button.People))]));
}

internal sealed record ApiTemplateLinks(
    [property: Description("WhatsApp's counting: neverasked, counted, notenabled, notavailable or failed.")] string State,
    [property: Description("When WhatsApp last counted it for us; null when never.")] DateTime? ReadAt,
    [property: Description("Of all numbers of the account.")] IReadOnlyList<ApiTemplateLink> Buttons);

internal sealed record ApiTemplateLink(string Text, long Opened, [property: Description("Null where WhatsApp did not say.")] long? People);

internal sealed record ApiTemplateCost(string Currency, decimal Amount);

internal sealed record ApiTemplateFailure([property: Description("WhatsApp's code; null when it gave none.")] int? Code, string Reason, long Count);

internal sealed record ApiTemplateDay(DateOnly Day, long Sent, long Delivered, long Read);

internal sealed record ApiTemplateUse(string NumberId, long Sent, DateOnly LastOn);

internal sealed record ApiDraftRow(
    string Id, string AccountId, string Name, string Language, string Category, int Version, string ChangedBy, DateTime ChangedAt,
    [property: Description("Of the template it changes; null for a new one.")] string? TemplateId,
    [property: Description("The latest version was handed in.")] bool Submitted)
{
    public static ApiDraftRow Of(TemplateDraftRow row) => new(
        ApiText.Id(row.Id), ApiText.Id(row.BusinessAccountId), row.Name, row.Language, row.Category, row.Version, row.ChangedBy, row.ChangedAtUtc,
        row.TemplateId is { } id ? ApiText.Id(id) : null, row.IsSubmitted);
}

internal sealed record ApiDraft(
    string Id, string AccountId, int Version, string Author, string ChangedBy, DateTime ChangedAt, string? TemplateId, int? SubmittedVersion,
    ApiComposed Content, IReadOnlyList<ApiFinding> Findings, [property: Description("Earlier ones that were kept, latest first.")] IReadOnlyList<int> Versions)
{
    public static ApiDraft Of(TemplateDraftView draft) => new(
        ApiText.Id(draft.Id), ApiText.Id(draft.BusinessAccountId), draft.Version, draft.Author, draft.ChangedBy, draft.ChangedAtUtc,
        draft.TemplateId is { } id ? ApiText.Id(id) : null, draft.SubmittedVersion, ApiComposed.Of(draft.Content),
        [.. draft.Findings.Select(ApiFinding.Of)], [.. draft.Versions.Select(mark => mark.Version)]);
}

internal sealed record ApiComposed(
    string Name,
    string Language,
    string Category,
    [property: Description("NAMED or POSITIONAL.")] string ParameterFormat,
    int? TtlSeconds,
    string? SubCategory,
    [property: Description("WhatsApp's components.")] JsonElement Components,
    [property: Description("Example files of the headers, the message's own first, then those of the cards: mediaIds, null where there is none of ours.")]
    IReadOnlyList<string?> Media)
{
    public static ApiComposed Of(ComposedTemplate content) => new(
        content.Name, content.Language, content.Category, content.Named ? "NAMED" : "POSITIONAL", content.TtlSeconds, content.SubCategory,
        JsonElement.Parse(WriteComponents.Run(content)),
        [.. PreviewDraft.MediaOf(content).Select(file => file.MediaFileId is { } id ? ApiText.Id(id) : null)])
    {
        OptedOutOfLinkTracking = content.OptedOutOfLinkTracking,
    };

    [Description("True: WhatsApp does not count how often its links are opened.")]
    public bool OptedOutOfLinkTracking { get; init; }
}

/// <summary>What WhatsApp would say, or refuse.</summary>
internal sealed record ApiFinding(
    [property: Description("The rule.")] string Code,
    [property: Description("Where: body, header.samples.1, buttons[0].label and the like.")] string Field,
    [property: Description("error: WhatsApp refuses it. warning, advice: it may be submitted.")] string Severity,
    string Sentence)
{
    public static ApiFinding Of(TemplateFinding finding) => new(finding.Code, finding.Field, ApiText.Word(finding.Severity), finding.Sentence);
}

internal sealed record ApiDraftSaved(string Id, int Version);

internal sealed record ApiSubmitted(
    string TemplateId,
    [property: Description("WhatsApp's word; may be APPROVED or REJECTED already.")] string Status,
    [property: Description("The one in force, which may not be the one asked for.")] string Category);
