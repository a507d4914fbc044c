using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WaConsole.Core.Conversations;
using WaConsole.Core.Sending;
using WaConsole.Core.Templates;

namespace WaConsole.Web.Api;

/// <summary>Pure: the body of a send as Core's content, or every problem it has, named by field.</summary>
internal sealed class ReadSendBody
{
    private const string MediaTypes = "image, video, audio, document, sticker";

    private readonly List<FieldProblem> _problems = [];

    private ReadSendBody()
    {
    }

    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>Null when there are problems.</summary>
    public ReplyContent? Content { get; private set; }

    public long? ReplyTo { get; private set; }

    public OutboxLane Lane { get; private set; }

    public static SendBody? Parse(ReadOnlyMemory<byte> json, out string? problem) => Parse(json, SendBodyJson.Default.SendBody, out problem);

    public static BulkBody? ParseBulk(ReadOnlyMemory<byte> json, out string? problem) => Parse(json, SendBodyJson.Default.BulkBody, out problem);

    public static ReadSendBody Of(SendBody body)
    {
        var read = new ReadSendBody();
        read.ReplyTo = read.OptionalId("replyTo", body.ReplyTo);
        read.Lane = read.LaneOf(body.Priority);
        var content = read.ContentOf(body);
        read.Content = read._problems.Count == 0 ? content : null;
        return read;
    }

    private static T? Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, out string? problem)
        where T : class
    {
        try
        {
            var body = JsonSerializer.Deserialize(json.Span, type);
            problem = body is null ? "The body must be a JSON object." : null;
            return body;
        }
        catch (JsonException fault)
        {
            problem = $"The body is not the JSON this endpoint takes{Place(fault)}. Field names are case-sensitive, ids are strings.";
            return null;
        }
    }

    private static string Place(JsonException fault) =>
        fault.LineNumber is { } line ? $" (line {line + 1}, byte {fault.BytePositionInLine})" : "";

    /// <summary>What programs send waits for what agents send, whatever they say.</summary>
    private OutboxLane LaneOf(string? priority)
    {
        if (priority is not (null or "normal" or "bulk"))
        {
            Problem("priority", "Use normal or bulk.");
        }

        return priority == "bulk" ? OutboxLane.Broadcast : OutboxLane.Automation;
    }

    private ReplyContent? ContentOf(SendBody body)
    {
        switch (body.Type)
        {
            case "text":
                return new ReplyContent.Text(Needed("text", body.Text));
            case "image" or "video" or "audio" or "document" or "sticker":
                var kind = Enum.Parse<MessageKind>(body.Type, ignoreCase: true);
                return new ReplyContent.Media(kind, NeededId("mediaId", body.MediaId), body.Caption, body.FileName);
            case "interactive":
                return ReadInteractive.Run(body.Interactive, Problem) is { } what ? new ReplyContent.Interactive(what) : null;
            case "template":
                return new ReplyContent.Template(Needed("name", body.Name), Needed("language", body.Language), Values(body.Parameters));
            case null:
                Problem("type", $"Say what to send: text, {MediaTypes}, interactive or template.");
                return null;
            default:
                Problem("type", $"This type is not known. Use text, {MediaTypes}, interactive or template.");
                return null;
        }
    }

    private TemplateValues Values(SendParameters? parameters)
    {
        if (parameters is null)
        {
            return TemplateValues.None;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            AddBody(texts, parameters.Body);
        }
        catch (InvalidOperationException)
        {
            // JsonElement reads an escaped half of a surrogate pair only when asked for the text, and then refuses it.
            Problem("parameters.body", "A text holds half a character (a lone surrogate). Send whole ones.");
        }

        foreach (var (place, value) in parameters.Buttons ?? new Dictionary<string, string>())
        {
            if (!int.TryParse(place, System.Globalization.NumberStyles.None, null, out var index) || index > 9 || value is null)
            {
                Problem($"parameters.buttons.{place}", "Name a button by its place in the template, from 0, and give a text.");
                continue;
            }

            texts[$"button.{index}"] = value;
        }

        foreach (var (key, value) in parameters.Fields ?? new Dictionary<string, string>())
        {
            if (value is null || !texts.TryAdd(key, value))
            {
                Problem($"parameters.fields.{key}", "Give a text, and each value once.");
            }
        }

        var (media, location) = Header(texts, parameters.Header);
        return new TemplateValues(texts, media, location, Files(parameters.Files), Products(parameters.Products), parameters.Cards);
    }

    private Dictionary<string, long>? Files(IReadOnlyDictionary<string, string>? files) => files is not { Count: > 0 }
        ? null
        : files.ToDictionary(file => file.Key, file => NeededId($"parameters.files.{file.Key}", file.Value));

    private List<TemplateProducts>? Products(IReadOnlyList<SendProducts?>? groups)
    {
        if (groups is not { Count: > 0 })
        {
            return null;
        }

        List<TemplateProducts> read = [];
        foreach (var group in groups)
        {
            if (group?.ProductIds is not { Count: > 0 } ids || ids.Any(string.IsNullOrWhiteSpace))
            {
                Problem("parameters.products", "Give each group productIds, a list of content ids.");
                continue;
            }

            read.Add(new TemplateProducts(group.Title, [.. ids.OfType<string>()]));
        }

        return read;
    }

    private void AddBody(Dictionary<string, string> texts, JsonElement? body)
    {
        if (body is not { ValueKind: not JsonValueKind.Null } values)
        {
            return;
        }

        if (values.ValueKind == JsonValueKind.Array)
        {
            var place = 0;
            foreach (var value in values.EnumerateArray())
            {
                place++;
                AddText(texts, $"body.{place}", $"parameters.body[{place - 1}]", value);
            }
        }
        else if (values.ValueKind == JsonValueKind.Object)
        {
            foreach (var value in values.EnumerateObject())
            {
                AddText(texts, $"body.{value.Name}", $"parameters.body.{value.Name}", value.Value);
            }
        }
        else
        {
            Problem("parameters.body", "Give a list of texts for numbered variables or an object for named ones.");
        }
    }

    private void AddText(Dictionary<string, string> texts, string key, string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            texts[key] = value.GetString()!;
        }
        else
        {
            Problem(field, "Give a text.");
        }
    }

    private (long? Media, MessageContent.Location? Location) Header(Dictionary<string, string> texts, SendHeader? header)
    {
        if (header is null)
        {
            return (null, null);
        }

        if (header.MediaId is not null)
        {
            return (NeededId("parameters.header.mediaId", header.MediaId), null);
        }

        if (header.Latitude is not null || header.Longitude is not null)
        {
            if (header is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 })
            {
                return (null, new MessageContent.Location(header.Latitude.Value, header.Longitude.Value, header.Name, header.Address));
            }

            Problem("parameters.header", "Give latitude from -90 to 90 and longitude from -180 to 180.");
            return (null, null);
        }

        texts[$"header.{header.Parameter ?? "1"}"] = Needed("parameters.header.text", header.Text);
        return (null, null);
    }

    private string Needed(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Problem(field, "This field is needed.");
        }

        return value ?? "";
    }

    private long NeededId(string field, string? value)
    {
        if (ApiText.TryId(value, out var id))
        {
            return id;
        }

        Problem(field, "Give an id as a string.");
        return 0;
    }

    private long? OptionalId(string field, string? value) => value is null ? null : NeededId(field, value);

    private void Problem(string field, string message) => _problems.Add(new FieldProblem(field, message));
}
