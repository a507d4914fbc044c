using System.ComponentModel;
using System.Globalization;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Labels;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Window;

namespace WaConsole.Web.Api;

internal sealed record ApiPage<T>(
    [property: Description("This page, newest first.")] IReadOnlyList<T> Items,
    [property: Description("Pass it on to get the next page; null on the last one.")] string? Next);

internal sealed record ApiList<T>(IReadOnlyList<T> Items);

internal sealed record ApiConversation(
    string Id,
    [property: Description("open, pending, snoozed or resolved.")] string Status,
    [property: Description("Messages of the customer nobody has opened yet.")] int Unread,
    DateTime LastMessageAt,
    ApiNumber Number,
    ApiContact Contact,
    ApiWindow Window,
    [property: Description("Ids of labels.")] IReadOnlyList<string> Labels,
    [property: Description("Who has it; null when nobody does.")] ApiAgent? Assignee,
    [property: Description("Only while snoozed, and when it was given an end.")] DateTime? SnoozedUntil)
{
    /// <summary>A row may still name a label that was deleted.</summary>
    public static ApiConversation Of(InboxRow row, IReadOnlySet<long> labels) => new(
        ApiText.Id(row.Id),
        ApiText.Word(row.Status),
        row.Unread,
        row.LastActivityAtUtc,
        new ApiNumber(ApiText.Id(row.NumberId), row.NumberDisplay),
        new ApiContact(ApiText.Id(row.ContactId), row.Name, row.Phone, row.UserId, row.Username),
        ApiWindow.Of(row.Window),
        [.. LabelIds.Read(row.LabelIds).Where(labels.Contains).Select(ApiText.Id)],
        row.AssigneeId is { } agent ? new ApiAgent(ApiText.Id(agent), row.AssigneeName ?? "") : null,
        row.SnoozedUntilUtc);
}

internal sealed record ApiNumber(string Id, string DisplayPhoneNumber);

internal sealed record ApiContact(
    string Id,
    string Name,
    [property: Description("Digits with country code, no plus. Null while the customer hides the number.")] string? Phone,
    [property: Description("Business-scoped user id.")] string? UserId,
    string? Username);

internal sealed record ApiWindow(
    [property: Description("open: anything may be sent; closed or never: only templates.")] string State,
    [property: Description("End of the 24-hour window; null when the customer never wrote or called.")] DateTime? ExpiresAt)
{
    public static ApiWindow Of(WindowView window) => new(ApiText.Word(window.State), window.ExpiresAtUtc);
}

internal sealed record ApiMessage(
    string Id,
    string ConversationId,
    [property: Description("WhatsApp's message id; null until WhatsApp accepted the message.")] string? Wamid,
    [property: Description("inbound, outbound, or none for what our people did (assigned, resolved, …).")] string Direction,
    [property: Description("text, image, video, audio, document, sticker, location, contacts, interactive, button, order, template, …")] string Kind,
    [property: Description("Text or caption, or the words that stand for the kind.")] string Text,
    [property: Description(
        "Outbound only: queued, sending, accepted, held, sent, delivered, read, played, failed, or unknown when WhatsApp's answer was lost.")]
    string? Status,
    DateTime SentAt,
    ApiError? Error,
    ApiMedia? Media,
    [property: Description("Id of the message this one answers, when we have it.")] string? ReplyTo,
    IReadOnlyList<ApiReaction> Reactions)
{
    public static ApiMessage Of(long conversationId, ThreadLine line) => new(
        ApiText.Id(line.Id),
        ApiText.Id(conversationId),
        line.Wamid,
        ApiText.Word(line.Direction),
        ApiText.Word(line.Kind),
        line.Deleted ? "" : line.Text,
        line.Status == DeliveryStatus.None ? null : ApiText.Word(line.Status),
        line.SentAtUtc,
        line.Error is { } error ? new ApiError(error.Code, error.Sentence, error.Details) : null,
        line.Media is { } media && !line.Deleted ? ApiMedia.Of(media) : null,
        line.Quoted?.MessageId is { } quoted ? ApiText.Id(quoted) : null,
        [.. ReactionsOf(line)]);

    private static IEnumerable<ApiReaction> ReactionsOf(ThreadLine line)
    {
        if (line.ReactionOfCustomer is { } theirs)
        {
            yield return new ApiReaction("customer", theirs);
        }

        if (line.ReactionOfUs is { } ours)
        {
            yield return new ApiReaction("business", ours);
        }
    }
}

internal sealed record ApiError(
    [property: Description("WhatsApp's error code; null when the reason is ours.")] int? Code,
    [property: Description("What happened and what to do.")] string Message,
    string? Details);

internal sealed record ApiMedia(
    string Id,
    [property: Description("pending while it is fetched from WhatsApp, ready, or failed.")] string State,
    [property: Description("Path of the bytes on this server, readable with the same key; null until ready.")] string? Url,
    [property: Description("By content.")] string MimeType,
    long SizeBytes,
    string FileName)
{
    public static ApiMedia Of(MediaView media) => new(
        ApiText.Id(media.Id),
        ApiText.Word(media.State),
        media.State == MediaState.Ready ? $"/media/{media.Key:D}" : null,
        media.MimeType,
        media.SizeBytes,
        media.FileName);
}

internal sealed record ApiReaction([property: Description("customer or business.")] string From, string Emoji);

internal sealed record ApiAccepted(
    [property: Description("Id of the message: follow it with GET /conversations/{id}/messages or the live hub.")] string Id,
    [property: Description("queued, or where it has got to when the same Idempotency-Key had been sent before.")] string Status);

internal sealed record ApiUpload(
    string MediaId,
    [property: Description("The type a message with this file can have.")] string Type,
    string MimeType,
    long SizeBytes,
    string FileName);

internal sealed record ApiNumberDetails(
    string Id, string PhoneNumberId, string DisplayPhoneNumber, string Name, string Environment, string Quality, string Status,
    [property: Description("Why nothing can be sent from this number; null when it can.")] string? SendingStopped)
{
    public static ApiNumberDetails Of(NumberView number) => new(
        ApiText.Id(number.Id), number.PhoneNumberId, number.DisplayPhoneNumber, number.Name, ApiText.Word(number.Environment),
        number.Quality, number.Status, number.SendingStopped);
}

internal sealed record ApiIntake(
    [property: Description("received = stored + duplicates + parked + quarantined + pending, counted in items and kept across pruning.")]
    long Received,
    long Stored,
    long Duplicates,
    [property: Description("Statuses and reactions that wait for their message, for at most eight days.")] long Parked,
    long Quarantined,
    long Pending,
    double? OldestPendingSeconds,
    IReadOnlyList<ApiNumberIntake> Numbers)
{
    public static ApiIntake Of(IntakeView view) => new(
        view.Received, view.Stored, view.Duplicates, view.Parked, view.Quarantined, view.Pending, view.OldestPendingSeconds,
        [.. view.Numbers.Select(n => new ApiNumberIntake(
            ApiText.Id(n.Id), n.PhoneNumberId, n.Name, n.LastWebhookAt, n.LastMessageStoredAt))]);
}

internal sealed record ApiNumberIntake(
    string Id, string PhoneNumberId, string Name, DateTime? LastWebhookAt, DateTime? LastMessageStoredAt);

/// <summary>Ids travel as strings and enumerations as lower-case words, so that neither depends on what a language does with numbers.</summary>
internal static class ApiText
{
    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static bool TryId(string? text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <returns>Null for a word that names none.</returns>
    public static T? Value<T>(string? word)
        where T : struct, Enum => Enum.GetValues<T>().Select(value => (T?)value).FirstOrDefault(value => Word(value!.Value) == word);
}
