using QRCoder;

namespace WaConsole.Simulator.Graph;

/// <summary>The pictures behind <c>qr_image_url</c>; like Meta's they need no token.</summary>
internal static class QrImages
{
    public static IResult Get(string file)
    {
        var (code, kind) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file));
        if (code.Length is 0 or > 32 || !code.All(char.IsAsciiLetterOrDigit) || kind is not (".svg" or ".png"))
        {
            return Results.NotFound();
        }

        using var data = QRCodeGenerator.GenerateQrCode($"https://wa.me/message/{code}", QRCodeGenerator.ECCLevel.M);
        if (kind == ".png")
        {
            using var png = new PngByteQRCode(data);
            return Results.Bytes(png.GetGraphic(8), "image/png");
        }

        using var svg = new SvgQRCode(data);
        return Results.Text(svg.GetGraphic(8), "image/svg+xml");
    }
}
