using Microsoft.Playwright;
using ZXing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>A QR code as a camera sees it: the picture on the screen, not what was put into it.</summary>
internal static class ScannedCode
{
    private const int Side = 480;

    private const string Look =
        """
        async (image, side) => {
          await image.decode();
          const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
          const paper = canvas.getContext('2d');
          paper.fillStyle = '#fff';
          paper.fillRect(0, 0, side, side);
          paper.drawImage(image, 40, 40, side - 80, side - 80);
          const seen = paper.getImageData(0, 0, side, side).data;
          let text = '';
          for (let at = 0; at < seen.length; at += 4) {
            text += String.fromCharCode(Math.round((seen[at] + seen[at + 1] + seen[at + 2]) / 3));
          }
          return btoa(text);
        }
        """;

    public static async Task<string> ReadAsync(ILocator image)
    {
        var grey = Convert.FromBase64String(await image.EvaluateAsync<string>(Look, Side));
        var found = new BarcodeReaderGeneric().Decode(grey, Side, Side, RGBLuminanceSource.BitmapFormat.Gray8);
        Assert.NotNull(found);
        return found.Text;
    }
}
