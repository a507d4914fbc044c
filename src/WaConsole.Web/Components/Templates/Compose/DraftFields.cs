using System.Globalization;
using System.Text.RegularExpressions;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>Pure: what stands in a field of the studio, and the template with something else in it. Fields are named as the rules name them.</summary>
internal static partial class DraftFields
{
    private const int Longest = 4_000;

    public static string Read(ComposedTemplate template, string path) => path switch
    {
        "name" => template.Name,
        "ttl" => template.TtlSeconds?.ToString(CultureInfo.InvariantCulture) ?? "",
        "header" => (template.Header as ComposedHeader.Text)?.Content.Text ?? "",
        "body" => template.Body.Text,
        "footer" => template.Footer ?? "",
        "offer.text" => template.Offer?.Text ?? "",
        "code.expires" => template.Code?.ExpiresInMinutes?.ToString(CultureInfo.InvariantCulture) ?? "",
        "code.label" => template.Code?.Label ?? "",
        "code.fillin" => template.Code?.FillInLabel ?? "",
        _ when After(path, "header.samples.") is { } name => (template.Header as ComposedHeader.Text)?.Content.Samples.GetValueOrDefault(name) ?? "",
        _ when After(path, "body.samples.") is { } name => template.Body.Samples.GetValueOrDefault(name) ?? "",
        _ when Button().Match(path) is { Success: true } button => ReadButton(template.Buttons.ElementAtOrDefault(Index(button)), button.Groups["part"].Value),
        _ when Card().Match(path) is { Success: true } card => ReadCard(template.Cards.ElementAtOrDefault(Index(card)), card.Groups["part"].Value),
        _ when App().Match(path) is { Success: true } app => ReadApp(template.Code?.Apps?.ElementAtOrDefault(Index(app)), app.Groups["part"].Value),
        _ => "",
    };

    /// <summary>A path that names nothing changes nothing: what it named may have been taken away meanwhile.</summary>
    public static ComposedTemplate Write(ComposedTemplate template, string path, string typed)
    {
        var value = Clean(typed);
        return path switch
        {
            "name" => template with { Name = value.Trim() },
            "ttl" => template with { TtlSeconds = Number(value) },
            "header" when template.Header is ComposedHeader.Text text => template with { Header = new ComposedHeader.Text(text.Content with { Text = value }) },
            "body" => template with { Body = template.Body with { Text = value } },
            "footer" => template with { Footer = value.Length == 0 ? null : value },
            "offer.text" when template.Offer is { } offer => template with { Offer = offer with { Text = value } },
            "code.expires" when template.Code is { } code => template with { Code = code with { ExpiresInMinutes = Number(value) } },
            "code.label" when template.Code is { } code => template with { Code = code with { Label = NullIfEmpty(value) } },
            "code.fillin" when template.Code is { } code => template with { Code = code with { FillInLabel = NullIfEmpty(value) } },
            _ when After(path, "header.samples.") is { } name && template.Header is ComposedHeader.Text text =>
                template with { Header = new ComposedHeader.Text(WithSample(text.Content, name, value)) },
            _ when After(path, "body.samples.") is { } name => template with { Body = WithSample(template.Body, name, value) },
            _ when Button().Match(path) is { Success: true } button => template with
            {
                Buttons = Replaced(template.Buttons, Index(button), before => WriteButton(before, button.Groups["part"].Value, value)),
            },
            _ when Card().Match(path) is { Success: true } card => template with
            {
                Cards = Replaced(template.Cards, Index(card), before => WriteCard(before, card.Groups["part"].Value, value)),
            },
            _ when App().Match(path) is { Success: true } app && template.Code is { } code => template with
            {
                Code = code with { Apps = Replaced(code.Apps ?? [], Index(app), before => WriteApp(before, app.Groups["part"].Value, value)) },
            },
            _ => template,
        };
    }

    /// <summary>A field to fill in, and no part that holds others. Samples are asked for as soon as their variable is there.</summary>
    public static bool IsText(string path) =>
        path is not ("" or "buttons" or "cards" or "category" or "language" or "offer" or "code")
        && !path.EndsWith(']') && !path.EndsWith(".buttons", StringComparison.Ordinal) && !path.Contains(".samples.", StringComparison.Ordinal);

    /// <summary>Every field with words in it that a translator would write anew.</summary>
    public static IEnumerable<string> Texts(ComposedTemplate template)
    {
        if (template.Header is ComposedHeader.Text)
        {
            yield return "header";
        }

        yield return "body";
        if (template.Footer is not null)
        {
            yield return "footer";
        }

        for (var at = 0; at < template.Buttons.Count; at++)
        {
            if (ComposedButton.LabelOf(template.Buttons[at]) is not null)
            {
                yield return $"buttons[{at}].label";
            }
        }

        for (var at = 0; at < template.Cards.Count; at++)
        {
            if (template.Cards[at].Body is not null)
            {
                yield return $"cards[{at}].body";
            }
        }
    }

    private static string ReadButton(ComposedButton? button, string part) => (button, part) switch
    {
        (null, _) => "",
        (_, "label") => ComposedButton.LabelOf(button) ?? "",
        (ComposedButton.Url url, "address") => url.Address,
        (ComposedButton.Url url, "sample") => url.Sample ?? "",
        (ComposedButton.Phone phone, "number") => phone.Number,
        (ComposedButton.CopyCode code, "sample") => code.Sample,
        (ComposedButton.Flow flow, "flow") => flow.FlowId ?? "",
        (ComposedButton.Flow flow, "screen") => flow.Screen ?? "",
        _ => "",
    };

    private static ComposedButton WriteButton(ComposedButton button, string part, string value) => (button, part) switch
    {
        (ComposedButton.QuickReply reply, "label") => reply with { Label = value },
        (ComposedButton.Url url, "label") => url with { Label = value },
        (ComposedButton.Url url, "address") => url with { Address = value.Trim() },
        (ComposedButton.Url url, "sample") => url with { Sample = NullIfEmpty(value) },
        (ComposedButton.Phone phone, "label") => phone with { Label = value },
        (ComposedButton.Phone phone, "number") => phone with { Number = value.Trim() },
        (ComposedButton.CopyCode code, "sample") => code with { Sample = value.Trim() },
        (ComposedButton.Flow flow, "label") => flow with { Label = value },
        (ComposedButton.Flow flow, "flow") => flow with { FlowId = NullIfEmpty(value.Trim()) },
        (ComposedButton.Flow flow, "screen") => flow with { Screen = NullIfEmpty(value.Trim()) },
        (ComposedButton.Catalogue catalogue, "label") => catalogue with { Label = value },
        (ComposedButton.Products products, "label") => products with { Label = value },
        (ComposedButton.Product product, "label") => product with { Label = value },
        (ComposedButton.VoiceCall call, "label") => call with { Label = value },
        (ComposedButton.OrderDetails order, "label") => order with { Label = value },
        _ => button,
    };

    private static string ReadCard(ComposedCard? card, string part) => part switch
    {
        _ when card is null => "",
        "body" => card.Body?.Text ?? "",
        _ when After(part, "body.samples.") is { } name => card.Body?.Samples.GetValueOrDefault(name) ?? "",
        _ when Button().Match(part) is { Success: true } button => ReadButton(card.Buttons.ElementAtOrDefault(Index(button)), button.Groups["part"].Value),
        _ => "",
    };

    private static ComposedCard WriteCard(ComposedCard card, string part, string value) => part switch
    {
        "body" => card with { Body = value.Length == 0 ? null : (card.Body ?? ComposedText.Empty) with { Text = value } },
        _ when After(part, "body.samples.") is { } name && card.Body is { } body => card with { Body = WithSample(body, name, value) },
        _ when Button().Match(part) is { Success: true } button => card with
        {
            Buttons = Replaced(card.Buttons, Index(button), before => WriteButton(before, button.Groups["part"].Value, value)),
        },
        _ => card,
    };

    private static string ReadApp(CodeApp? app, string part) => part == "package" ? app?.PackageName ?? "" : app?.SignatureHash ?? "";

    private static CodeApp WriteApp(CodeApp app, string part, string value) =>
        part == "package" ? app with { PackageName = value.Trim() } : app with { SignatureHash = value.Trim() };

    private static ComposedText WithSample(ComposedText text, string name, string value) =>
        text with { Samples = new Dictionary<string, string>(text.Samples, StringComparer.Ordinal) { [name] = value } };

    internal static IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> all, int at, Func<T, T> change) =>
        at >= 0 && at < all.Count ? [.. all.Select((item, index) => index == at ? change(item) : item)] : all;

    private static string? After(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Clean(string typed)
    {
        var value = typed.ReplaceLineEndings("\n");
        return value.Length <= Longest ? value : value[..Longest];
    }

    private static int Index(Match match) => int.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^buttons\[(?<at>\d{1,2})\]\.(?<part>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Button();

    [GeneratedRegex(@"^cards\[(?<at>\d{1,2})\]\.(?<part>.+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Card();

    [GeneratedRegex(@"^code\.apps\[(?<at>\d)\]\.(?<part>package|hash)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex App();
}
