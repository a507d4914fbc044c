using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Graph;

/// <summary>Resumable uploads. Source: Meta, "Resumable Upload API", 2025: the token goes as <c>OAuth</c>, not as <c>Bearer</c>.</summary>
internal static class UploadRoutes
{
    private const string Prefix = "upload:";

    public static bool IsSession(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    public static IResult Open(string app, GraphInput input, SimulatedWhatsApp world)
    {
        if (app != world.Options.AppId)
        {
            return GraphAccess.NoSuchObject(app, "post");
        }

        var type = input.Text("file_type", 100, required: true);
        var length = input.Number("file_length");
        if (length is null or <= 0 or > 100 * 1024 * 1024)
        {
            input.Checks.Refuse(100, "Param file_length must be the number of bytes, 100 MB at most.");
        }

        if (type is not null and not ("image/jpeg" or "image/jpg" or "image/png" or "video/mp4" or "application/pdf"))
        {
            input.Checks.Refuse(100, "Param file_type must be one of image/jpeg, image/jpg, image/png, video/mp4 and application/pdf.");
        }

        return input.Answer(() => GraphAccess.Json(new JsonObject
        {
            ["id"] = world.Uploads.Open(input.Text("file_name", 240), length!.Value, type == "image/jpg" ? "image/jpeg" : type!).Id,
        }));
    }

    public static IResult Get(string id, HttpRequest request, SimulatedWhatsApp world) =>
        Refused(id, request, world, out var session)
            ?? GraphAccess.Json(new JsonObject { ["id"] = id, ["file_offset"] = session!.Bytes.Length });

    public static async Task<IResult> AppendAsync(string id, HttpRequest request, SimulatedWhatsApp world)
    {
        if (Refused(id, request, world, out var session) is { } refused)
        {
            return refused;
        }

        if (!long.TryParse(request.Headers["file_offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || offset != session!.Bytes.Length)
        {
            return GraphAccess.Answer(GraphError.Of(100, "The header file_offset must be the number of bytes uploaded so far."));
        }

        // What came before a cut stays; the caller asks for the offset and goes on from there.
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (session.Bytes.Length + read > session.Length)
            {
                return GraphAccess.Answer(GraphError.Of(100, "More bytes were sent than file_length promised."));
            }

            session.Bytes.Write(buffer, 0, read);
        }

        if (session.Bytes.Length < session.Length)
        {
            return GraphAccess.Json(new JsonObject { ["id"] = id, ["file_offset"] = session.Bytes.Length });
        }

        return MediaRules.LooksLike(session.MimeType, session.Bytes.GetBuffer().AsSpan(0, (int)session.Bytes.Length))
            ? GraphAccess.Json(new JsonObject { ["h"] = world.Uploads.Finish(session) })
            : GraphAccess.Answer(GraphError.Of(100, $"The content of the file is not {session.MimeType}."));
    }

    private static IResult? Refused(string id, HttpRequest request, SimulatedWhatsApp world, out UploadSession? session)
    {
        session = world.Uploads.Find(id);
        string? given = request.Headers.Authorization;
        return given?.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) != true
                ? GraphAccess.Answer(GraphError.Of(190, "Send the token of a resumable upload as \"Authorization: OAuth\"."))
            : session is null ? GraphAccess.NoSuchObject(id)
            : null;
    }
}
