using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Contacts;
using WaConsole.Core.Labels;
using WaConsole.Core.Window;

namespace WaConsole.Web.Api;

/// <summary>/contacts and /contact-fields.</summary>
internal static class ContactsApi
{
    private const int DefaultLimit = 50;

    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts", ListAsync)
            .WithName("listContacts").WithTags("Contacts").WithSummary("Contacts, newest first or by name")
            .WithDescription("Pages by cursor: ask again with the same parameters and cursor=next until next is null.")
            .ProducesRefusals(400, 401, 403, 429);
        api.MapPost("/contacts", AddAsync)
            .WithName("addContact").WithTags("Contacts").WithSummary("Add a contact by phone number, or find the one who has it")
            .Accepts<NewContact>("application/json").ProducesRefusals(400, 401, 403, 415, 422, 429);
        api.MapGet("/contacts/{id}", ReadAsync)
            .WithName("readContact").WithTags("Contacts").WithSummary("One contact with identifiers, fields and labels")
            .WithDescription("Who was merged into another contact is answered as that one.")
            .ProducesRefusals(401, 403, 404, 429);
        api.MapPatch("/contacts/{id}", EditAsync)
            .WithName("updateContact").WithTags("Contacts").WithSummary("Name a contact and fill in fields: all of it or nothing")
            .Accepts<ContactChange>("application/json").ProducesRefusals(400, 401, 403, 404, 415, 422, 429);
        api.MapGet("/contact-fields", async (HttpContext http, ListContactFields fields, CancellationToken cancellationToken) => TypedResults.Ok(
                new ApiList<ApiContactField>([.. (await fields.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(ApiContactField.Of)])))
            .WithName("listContactFields").WithTags("Contacts").WithSummary("Fields that contacts have").ProducesRefusals(401, 429);
    }

    private static async Task<Results<Ok<ApiPage<ApiContactRow>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        ListContacts contacts,
        ListLabels labels,
        WhatsAppClock whatsApp,
        [FromQuery, Description("Part of a name, username or phone number, or a whole user id.")] string? search,
        [FromQuery, Description("Only contacts with this label.")] string? labelId,
        [FromQuery, Description("Only contacts of this country, such as BR.")] string? country,
        [FromQuery, Description("window-open, blocked or opted-out.")] string? only,
        [FromQuery, Description("newest or name; newest when left out.")] string? sort,
        [FromQuery, Description("Rows of a page, 1 to 100, 50 when left out.")] string? limit,
        [FromQuery, Description("next of the page before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        List<FieldProblem> problems = [];
        long? label = null;
        if (!string.IsNullOrEmpty(labelId))
        {
            if (ApiText.TryId(labelId, out var id))
            {
                label = id;
            }
            else
            {
                problems.Add(new FieldProblem("labelId", "This is not an id."));
            }
        }

        if (only is not (null or "" or "window-open" or "blocked" or "opted-out"))
        {
            problems.Add(new FieldProblem("only", "Use window-open, blocked or opted-out, or leave it out for everybody."));
        }

        if (sort is not (null or "" or "newest" or "name"))
        {
            problems.Add(new FieldProblem("sort", "Use newest or name, or leave it out for newest."));
        }

        var rows = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out rows) && rows is >= 1 and <= ListContacts.MaxLimit))
        {
            problems.Add(new FieldProblem("limit", $"Give a whole number from 1 to {ListContacts.MaxLimit}."));
        }

        if (problems.Count > 0)
        {
            return ApiProblem.Invalid("Some parameters are not valid.", problems);
        }

        var query = new ContactQuery(
            search, label, string.IsNullOrEmpty(country) ? null : country, only == "window-open", only == "blocked", only == "opted-out", cursor, rows,
            sort == "name" ? ContactSort.Name : ContactSort.Newest);
        var page = await contacts.RunAsync(ApiCaller.Of(http), query, cancellationToken);
        var known = (await labels.RunAsync(ApiCaller.Of(http), cancellationToken)).Select(one => one.Id).ToHashSet();
        return TypedResults.Ok(new ApiPage<ApiContactRow>([.. page.Rows.Select(row => ApiContactRow.Of(row, known, whatsApp.UtcNow))], page.Next));
    }

    private static async Task<Results<Ok<ApiContactDetails>, ProblemHttpResult>> ReadAsync(
        HttpContext http, string id, ReadContact read, CancellationToken cancellationToken) =>
        ApiText.TryId(id, out var contact) && await read.RunAsync(ApiCaller.Of(http), contact, cancellationToken) is { } view
            ? TypedResults.Ok(ApiContactDetails.Of(view))
            : NoSuchContact();

    private static async Task<Results<Ok<ApiContactDetails>, ProblemHttpResult>> AddAsync(
        HttpContext http, AddContact add, ReadContact read, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<NewContact>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var caller = ApiCaller.Of(http);
        return await add.RunAsync(caller, body.Name ?? "", body.Phone ?? "", cancellationToken) switch
        {
            AddContactOutcome.Added added when await read.RunAsync(caller, added.ContactId, cancellationToken) is { } view =>
                TypedResults.Ok(ApiContactDetails.Of(view)),
            AddContactOutcome.Refused refused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, "invalid_phone", refused.Sentence),
            _ => NoSuchContact(),
        };
    }

    private static async Task<Results<Ok<ApiContactDetails>, ProblemHttpResult>> EditAsync(
        HttpContext http, string id, EditContact edit, ReadContact read, CancellationToken cancellationToken)
    {
        var (body, problem) = await ApiJson.ReadAsync<ContactChange>(http.Request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (!ApiText.TryId(id, out var contact))
        {
            return NoSuchContact();
        }

        var fields = new Dictionary<long, string?>();
        foreach (var (field, value) in body.Fields ?? new Dictionary<string, string?>())
        {
            if (!ApiText.TryId(field, out var fieldId))
            {
                return ApiProblem.Invalid("Some fields are not valid.", new FieldProblem($"fields.{field}", "Name fields by their id, see GET /contact-fields."));
            }

            fields[fieldId] = value;
        }

        var caller = ApiCaller.Of(http);
        return await edit.RunAsync(caller, contact, new ContactEdit(body.Name, fields), cancellationToken) switch
        {
            EditContactOutcome.Done when await read.RunAsync(caller, contact, cancellationToken) is { } view => TypedResults.Ok(ApiContactDetails.Of(view)),
            EditContactOutcome.Refused refused => ApiProblem.Of(
                StatusCodes.Status422UnprocessableEntity, "contact_refused", refused.Sentence,
                [new FieldProblem(refused.FieldId is { } field ? $"fields.{ApiText.Id(field)}" : "name", refused.Sentence)]),
            _ => NoSuchContact(),
        };
    }

    private static ProblemHttpResult NoSuchContact() => ApiProblem.NotFound("There is no such contact.");
}

internal sealed record NewContact(
    [property: Description("With country code, in any usual spelling.")] string? Phone,
    [property: Description("Kept when the contact has no name yet.")] string? Name);

internal sealed record ContactChange(
    [property: Description("The name your team gives; empty for the customer's own. Left out: stays.")] string? Name,
    [property: Description("Values by id of the field; null or empty clears one. Dates as 2026-11-24, yes or no as true or false.")]
    IReadOnlyDictionary<string, string?>? Fields);

internal sealed record ApiContactRow(
    string Id,
    string Name,
    [property: Description("Digits with country code, no plus. Null while the customer hides the number.")] string? Phone,
    [property: Description("Business-scoped user id.")] string? UserId,
    string? Username,
    string? Country,
    [property: Description("Ids of labels.")] IReadOnlyList<string> Labels,
    DateTime Since,
    DateTime? LastMessageAt,
    DateTime? OptedOutAt,
    DateTime? BlockedAt,
    ApiWindow Window)
{
    /// <summary>A row may still name a label that was deleted.</summary>
    public static ApiContactRow Of(ContactRow row, IReadOnlySet<long> labels, DateTime nowUtc) => new(
        ApiText.Id(row.Id), row.Name, row.Phone, row.UserId, row.Username, row.Country,
        [.. LabelIds.Read(row.LabelIds).Where(labels.Contains).Select(ApiText.Id)],
        row.SinceUtc, row.LastActivityAtUtc, row.OptedOutAtUtc, row.BlockedAtUtc, ApiWindow.Of(WindowView.Of(row.WindowExpiresAtUtc, null, nowUtc)));
}

internal sealed record ApiContactDetails(
    string Id,
    string Name,
    [property: Description("The customer's own name on WhatsApp.")] string ProfileName,
    string? Phone,
    string? UserId,
    string? Username,
    string? Country,
    DateTime Since,
    DateTime? OptedOutAt,
    IReadOnlyList<string> Labels,
    IReadOnlyList<ApiIdentifier> Identifiers,
    [property: Description("Every field there is; value null when empty.")] IReadOnlyList<ApiFieldValue> Fields,
    [property: Description("Ids of conversations the key may see.")] IReadOnlyList<string> Conversations)
{
    public static ApiContactDetails Of(ContactView view) => new(
        ApiText.Id(view.Id), view.Name, view.ProfileName, view.Phone, view.UserId, view.Username, view.Country, view.SinceUtc, view.OptedOutAtUtc,
        [.. view.Labels.Select(ApiText.Id)],
        [.. view.Identifiers.Select(i => new ApiIdentifier(ApiText.Word(i.Kind), i.Value, i.RetiredAtUtc))],
        [.. view.Fields.Select(f => new ApiFieldValue(ApiText.Id(f.Field.Id), f.Field.Name, f.Value))],
        [.. view.Threads.Select(thread => ApiText.Id(thread.Id))]);
}

internal sealed record ApiIdentifier(
    [property: Description("phone, userid, parentuserid or username.")] string Kind,
    string Value,
    [property: Description("Since when it is no longer theirs; null while it is.")] DateTime? RetiredAt);

internal sealed record ApiFieldValue(string Id, string Name, string? Value);

internal sealed record ApiContactField(
    string Id, string Name, [property: Description("text, number, date, yesno or choice.")] string Type, IReadOnlyList<string> Choices)
{
    public static ApiContactField Of(ContactFieldView field) => new(ApiText.Id(field.Id), field.Name, ApiText.Word(field.Type), field.Choices);
}
