using System.Text.Json.Nodes;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>Upload, address, download and deletion of media.</summary>
internal static class MediaRoutes
{
    /// <summary>The largest document WhatsApp takes, and room for the rest of the form.</summary>
    public const long UploadMax = (100L * 1024 * 1024) + (1024 * 1024);

    public static async Task<IResult> UploadAsync(string id, HttpRequest request, SimulatedWhatsApp world, CancellationToken cancellationToken)
    {
        if (world.FindNumber(id) is null)
        {
            return GraphAccess.NoSuchObject(id, "post");
        }

        if (!request.HasFormContentType)
        {
            return GraphAccess.Answer(GraphError.Of(100, "The upload must be multipart/form-data."));
        }

        var form = await request.ReadFormAsync(cancellationToken);
        if (form["messaging_product"] != "whatsapp")
        {
            return GraphAccess.Answer(GraphError.Of(100, "The parameter messaging_product is required."));
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            return GraphAccess.Answer(GraphError.Of(131008, "The parameter file is required."));
        }

        string? type = form["type"];
        type = string.IsNullOrEmpty(type) ? file.ContentType : type;
        if (string.IsNullOrEmpty(type))
        {
            return GraphAccess.Answer(GraphError.Of(131008, "The parameter type is required."));
        }

        using var kept = new MemoryStream();
        await file.CopyToAsync(kept, cancellationToken);
        var bytes = kept.ToArray();
        if (MediaRules.Refusal(type, bytes) is { } why)
        {
            return GraphAccess.Answer(GraphError.Of(131053, why));
        }

        var stored = world.Media.Add(bytes, MediaRules.BaseType(type), file.FileName, id, fromCustomer: false);
        return GraphAccess.Json(new JsonObject { ["id"] = stored.Id });
    }

    /// <summary>Answers for a media id, or null when the id is not a file's.</summary>
    public static IResult? Get(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (world.Media.Find(id) is not { } file)
        {
            return null;
        }

        string? number = request.Query["phone_number_id"];
        if (!string.IsNullOrEmpty(number) && world.FindNumber(number) is null)
        {
            return GraphAccess.NoSuchObject(number);
        }

        if (file.NumberId is not null && !string.IsNullOrEmpty(number) && file.NumberId != number)
        {
            return GraphAccess.NoSuchObject(id);
        }

        return GraphAccess.Json(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["url"] = new Uri(world.BaseUri, world.Media.SignUrl(id)).ToString(),
            ["mime_type"] = file.MimeType,
            ["sha256"] = Convert.ToHexStringLower(file.Sha256.Span),
            ["file_size"] = file.Bytes.Length,
            ["id"] = file.Id,
        });
    }

    public static IResult Delete(string id, HttpRequest request, SimulatedWhatsApp world) =>
        world.Media.Find(id) is { } file && request.Query["phone_number_id"].ToString() is { Length: > 0 } number && file.NumberId != number
            ? GraphAccess.NoSuchObject(id, "delete")
            : Delete(id, world);

    private static IResult Delete(string id, SimulatedWhatsApp world) =>
        world.Media.Find(id) is { FromCustomer: false } && world.Media.Remove(id)
            ? GraphAccess.Json(new JsonObject { ["success"] = true })
            : GraphAccess.NoSuchObject(id, "delete");

    public static IResult Download(HttpRequest request, SimulatedWhatsApp world)
    {
        // The download host is reported to turn away callers without a User-Agent.
        if (string.IsNullOrEmpty(request.Headers.UserAgent))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        string? id = request.Query["mid"], until = request.Query["ext"], hash = request.Query["hash"];
        return id is not null && until is not null && hash is not null && world.Media.FindSigned(id, until, hash) is { } file
            ? Results.Bytes(file.Bytes, MediaRules.BaseType(file.MimeType))
            : Results.NotFound();
    }
}
