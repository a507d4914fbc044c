using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// Tolerant reading: a property of the wrong kind counts as missing, and ids and times may be text or numbers
/// (Meta writes both).
/// </summary>
internal static class JsonReading
{
    extension(JsonElement element)
    {
        public JsonElement? Member(ReadOnlySpan<byte> name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found)
            && found.ValueKind != JsonValueKind.Null
                ? found
                : null;

        public JsonElement? Object(ReadOnlySpan<byte> name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Object } found ? found : null;

        public JsonElement? Object(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found)
            && found.ValueKind == JsonValueKind.Object
                ? found
                : null;

        /// <summary>The elements of an array, or none.</summary>
        public JsonElement.ArrayEnumerator Items(ReadOnlySpan<byte> name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : default;

        /// <summary>The texts of an array, or none.</summary>
        public IReadOnlyList<string> Texts(ReadOnlySpan<byte> name)
        {
            List<string>? texts = null;
            foreach (var item in element.Items(name))
            {
                if (item.AsText() is { } text)
                {
                    (texts ??= []).Add(text);
                }
            }

            return texts ?? (IReadOnlyList<string>)[];
        }

        public JsonElement? First(ReadOnlySpan<byte> name)
        {
            foreach (var item in element.Items(name))
            {
                return item;
            }

            return null;
        }

        /// <summary>A text; a number is taken by its digits as written.</summary>
        public string? Text(ReadOnlySpan<byte> name) => element.Member(name)?.AsText();

        public string? AsText() => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };

        public int? Int(ReadOnlySpan<byte> name) =>
            element.Long(name) is long value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

        public long? Long(ReadOnlySpan<byte> name) => element.Member(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var value) ? value : null,
            { ValueKind: JsonValueKind.String } text => long.TryParse(
                Digits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : null,
            _ => null,
        };

        public double? Double(ReadOnlySpan<byte> name) =>
            double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? value
                : null;

        public decimal? Decimal(ReadOnlySpan<byte> name) =>
            decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;

        public bool? Bool(ReadOnlySpan<byte> name) => element.Member(name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

        /// <summary>Unix seconds as UTC; null when missing or outside what a date can hold.</summary>
        public DateTime? UnixTime(ReadOnlySpan<byte> name) =>
            element.Long(name) is long seconds and >= 0 and <= 253_402_300_799
                ? DateTime.UnixEpoch.AddSeconds(seconds)
                : null;
    }

    /// <summary>Between the quotes, without making a text of it: every message and status has a time.</summary>
    private static ReadOnlySpan<byte> Digits(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];
}
