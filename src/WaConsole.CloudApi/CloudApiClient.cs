using System.Net.Http.Headers;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// Calls to the WhatsApp Cloud API. Every failure is a <see cref="CloudApiException"/>; an
/// <see cref="OperationCanceledException"/> comes out only when the caller's own token asked for it.
/// </summary>
public sealed class CloudApiClient(HttpClient http, CloudApiOptions options, TimeProvider clock)
{
    private const string TemplateFields =
        "id,name,language,status,category,sub_category,parameter_format,quality_score,rejected_reason,"
        + "previous_category,correct_category,components";

    private const string NumberFields =
        "id,display_phone_number,verified_name,quality_rating,throughput,status,platform_type,name_status,"
        + "whatsapp_business_manager_messaging_limit";

    private readonly GraphTransport _graph = new(http, options, clock);

    /// <summary>Hands a message to WhatsApp. The answer means accepted, not sent.</summary>
    /// <exception cref="CloudApiException">Look at <see cref="CloudApiException.Fate"/> before trying
    /// again.</exception>
    /// <exception cref="OperationCanceledException">
    /// The caller asked, perhaps after the message had left: treat it like <see cref="SendFate.MaybeSent"/>.
    /// </exception>
    public async Task<SendAccepted> SendAsync(
        CloudApiAccount account, string phoneNumberId, OutboundMessage message, CancellationToken cancellationToken)
    {
        using var answer = await _graph.CallAsync(
            account,
            HttpMethod.Post,
            $"{GraphId.Check(phoneNumberId)}/messages",
            JsonBody(message.ToUtf8()),
            options.SendTimeout,
            cancellationToken);

        var sent = answer.RootElement.First("messages"u8);
        if (sent?.Text("id"u8) is not { Length: > 0 } wamid)
        {
            throw Unreadable(SendFate.MaybeSent);
        }

        var contact = answer.RootElement.First("contacts"u8);
        return new SendAccepted(
            wamid,
            contact?.Text("wa_id"u8),
            contact?.Text("user_id"u8),
            contact?.Text("parent_user_id"u8),
            sent?.Text("message_status"u8));
    }

    /// <summary>Turns an inbound message's ticks blue; earlier ones of the chat follow.</summary>
    /// <param name="typing">
    /// Also shows "typing…" until the reply or for 25 seconds. Not possible without the ticks.
    /// </param>
    public async Task MarkReadAsync(
        CloudApiAccount account, string phoneNumberId, string wamid, bool typing, CancellationToken cancellationToken)
    {
        var mark = new WireReadMark(wamid, typing ? new WireTyping("text") : null);
        using var answer = await _graph.CallAsync(
            account,
            HttpMethod.Post,
            $"{GraphId.Check(phoneNumberId)}/messages",
            JsonBody(JsonSerializer.SerializeToUtf8Bytes(mark, WireJson.Readable.WireReadMark)),
            options.SendTimeout,
            cancellationToken);
    }

    /// <summary>One page of templates; read on with <see cref="TemplatePage.Next"/> until it is null.</summary>
    /// <exception cref="CloudApiException">Code 131059: the cursor is stale, start again without one.</exception>
    public async Task<TemplatePage> ListTemplatesAsync(
        CloudApiAccount account,
        string businessAccountId,
        string? after,
        int limit,
        CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account,
            $"{GraphId.Check(businessAccountId)}/message_templates?fields={TemplateFields}&limit={limit}{After(after)}",
            cancellationToken);
        return new TemplatePage(
            [.. answer.RootElement.Items("data"u8).Select(TemplateReading.Read).OfType<TemplateInfo>()],
            Paging.Next(answer.RootElement));
    }

    /// <summary>Uploads a file as it is read; returns its media id, good for 30 days and this number.</summary>
    /// <param name="content">Read from where it stands; with a known length Meta gets a Content-Length.</param>
    /// <param name="fileName">
    /// Only its ASCII letters and digits go out; customers see the name given when sending.
    /// </param>
    public async Task<string> UploadMediaAsync(
        CloudApiAccount account,
        string phoneNumberId,
        Stream content,
        string mimeType,
        string fileName,
        CancellationToken cancellationToken)
    {
        using var answer = await _graph.CallAsync(
            account,
            HttpMethod.Post,
            $"{GraphId.Check(phoneNumberId)}/media",
            MediaUpload.Form(content, mimeType, fileName),
            options.MediaTimeout,
            cancellationToken);
        return answer.RootElement.Text("id"u8) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>Asks for a media file's address, good for five minutes.</summary>
    /// <param name="phoneNumberId">When given, only media of this number is answered.</param>
    public async Task<MediaLocation> GetMediaAsync(
        CloudApiAccount account, string mediaId, string? phoneNumberId, CancellationToken cancellationToken)
    {
        var query = phoneNumberId is null ? "" : $"?phone_number_id={GraphId.Check(phoneNumberId)}";
        using var answer = await GetAsync(account, GraphId.Check(mediaId) + query, cancellationToken);

        var media = answer.RootElement;
        return Uri.TryCreate(media.Text("url"u8), UriKind.Absolute, out var url)
            ? new MediaLocation(
                media.Text("id"u8) ?? mediaId,
                url,
                media.Text("mime_type"u8),
                media.Text("sha256"u8),
                media.Long("file_size"u8))
            : throw Unreadable(SendFate.NotSent);
    }

    /// <summary>
    /// Streams a media file to <paramref name="destination"/>. Faults of the destination are passed on as they are.
    /// </summary>
    /// <param name="url">From <see cref="GetMediaAsync"/> or a webhook; other hosts are not called.</param>
    /// <param name="maxBytes">Stops with <see cref="CloudApiFault.MediaTooLarge"/> beyond this.</param>
    /// <exception cref="CloudApiException"><see cref="CloudApiException.MediaUrlExpired"/>: get a new
    /// address.</exception>
    public async Task<DownloadedMedia> DownloadMediaAsync(
        CloudApiAccount account, Uri url, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        using var time = new CallClock(options.MediaIdleTimeout, clock, cancellationToken);
        using var answer = await _graph.OpenAsync(account, url, time);
        return await new MediaDownload(options, clock).RunAsync(answer, destination, maxBytes, time);
    }

    public async Task<NumberInfo> GetNumberAsync(
        CloudApiAccount account, string phoneNumberId, CancellationToken cancellationToken)
    {
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}?fields={NumberFields}", cancellationToken);
        return NumberReading.Read(answer.RootElement) ?? throw Unreadable(SendFate.NotSent);
    }

    /// <summary>All numbers of an account, page after page.</summary>
    public async Task<IReadOnlyList<NumberInfo>> ListNumbersAsync(
        CloudApiAccount account, string businessAccountId, CancellationToken cancellationToken)
    {
        var numbers = new List<NumberInfo>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            using var answer = await GetAsync(
                account,
                $"{GraphId.Check(businessAccountId)}/phone_numbers?fields={NumberFields}&limit=100{After(after)}",
                cancellationToken);
            numbers.AddRange(answer.RootElement.Items("data"u8).Select(NumberReading.Read).OfType<NumberInfo>());
            after = Paging.Next(answer.RootElement);
        }
        while (after is not null && seen.Add(after));

        return numbers;
    }

    private Task<JsonDocument> GetAsync(
        CloudApiAccount account, string pathAndQuery, CancellationToken cancellationToken) =>
        _graph.CallAsync(account, HttpMethod.Get, pathAndQuery, content: null, options.ReadTimeout, cancellationToken);

    private static ByteArrayContent JsonBody(byte[] json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string After(string? cursor) => cursor is null ? "" : $"&after={Uri.EscapeDataString(cursor)}";

    private static CloudApiException Unreadable(SendFate fate) =>
        new(CloudApiFault.UnreadableAnswer, new CloudApiError(CloudApiError.NoCode, HttpStatus: 200), fate);
}
