using System.Net.Http.Headers;
using System.Text;

namespace WaConsole.CloudApi;

internal static class MediaUpload
{
    private const int NameLimit = 100;

    public static MultipartFormDataContent Form(Stream content, string mimeType, string fileName)
    {
        var file = new StreamContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = "\"file\"",
            FileName = $"\"{PlainName(fileName)}\"",
        };

        return new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" },
            { new StringContent(mimeType), "type" },
            file,
        };
    }

    /// <summary>
    /// A customer's or agent's file name may hold quotes and line breaks, which would write headers here.
    /// </summary>
    public static string PlainName(string fileName)
    {
        var plain = new StringBuilder();
        foreach (var letter in fileName.AsSpan(Math.Max(0, fileName.Length - NameLimit)))
        {
            plain.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_');
        }

        return plain.Length == 0 ? "file" : plain.ToString();
    }
}
