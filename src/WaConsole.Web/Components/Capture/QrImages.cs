using QRCoder;

namespace WaConsole.Web.Components.Capture;

/// <summary>A QR code as a picture that needs no address of its own.</summary>
internal static class QrImages
{
    private const int Pixels = 16;

    public static (string Svg, string Png) Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        using var png = new PngByteQRCode(code);
        return (
            "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg.GetGraphic(Pixels))),
            "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(Pixels)));
    }
}
