using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// What a person sees of a template, part by part: as the console previews it, as its thread shows it, and as the simulator's phone draws it
/// with marks of its own. The bytes of a file count by their hash.
/// </summary>
internal sealed partial record ShownTemplate
{
    public string? Header { get; init; }

    public required string Body { get; init; }

    public string? Footer { get; init; }

    public string? Offer { get; init; }

    /// <summary>The code of an offer, where it is shown with it.</summary>
    public string? OfferCode { get; init; }

    public string? Media { get; init; }

    public string? Place { get; init; }

    public string? Product { get; init; }

    public required IReadOnlyList<ShownButton> Buttons { get; init; }

    public required IReadOnlyList<ShownCard> Cards { get; init; }

    /// <summary>Before anything is chosen that only the form which sends asks for.</summary>
    public ShownTemplate AsComposed() => this with
    {
        Place = null,
        Product = null,
        Cards = [.. Cards.Select(card => card with { Product = null })],
    };

    public static Task<ShownTemplate> OfConsoleAsync(ILocator shown) => ReadAsync(shown, Console);

    public static Task<ShownTemplate> OfPhoneAsync(ILocator bubble) => ReadAsync(bubble, Phone);

    /// <summary>As text, so that a difference is read at a glance.</summary>
    public string Write() => JsonSerializer.Serialize(this, Written);

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static async Task<ShownTemplate> ReadAsync(ILocator root, string where)
    {
        var read = JsonSerializer.Deserialize<ShownTemplate>(await root.EvaluateAsync<string>($"async root => {{ {Reading} const where = {where}; return JSON.stringify(await read(root, where)); }}"), Web)!;
        return read with
        {
            Body = Spaces().Replace(read.Body, " "),
            Cards = [.. read.Cards.Select(card => card with { Body = card.Body is { } body ? Spaces().Replace(body, " ") : null })],
        };
    }

    private const string Console = """
        { file: 'img, video, a.media-document', name: '.media-document-name bdi', header: ':scope .sent-template > .sent-template-header', body: '.sent-template > .text',
          footer: '.sent-template > .sent-template-footer', offer: '.sent-offer strong', offerCode: '.sent-offer code', place: '.place-text > strong, .place-text > bdi',
          product: '.sent-template > .plain-card strong', buttons: ':scope .sent-buttons', inCards: '.template-cards', button: 'li:not(.sent-rest)', words: 'bdi',
          cards: '.template-cards > li', cardBody: '.text', cardProduct: '.plain-card strong' }
        """;

    private const string Phone = """
        { file: 'img:not(.product img), video, a.file', name: '.words bdi', header: ':scope > .headline', body: ':scope > .text', footer: ':scope > .faint',
          offer: '.offer strong', offerCode: '.offer code', place: '.place strong, .place .words > span:not(.faint)', product: ':scope > .product strong', whole: 'Whole catalogue',
          buttons: '.buttons', inCards: '.cards', button: 'a, button, .label', words: 'bdi, [data-words]',
          cards: '.cards > li', cardBody: '.text', cardProduct: '.product strong' }
        """;

    private const string Reading = """
        const text = (root, selector) => root.querySelector(selector)?.textContent.trim() ?? null;
        const hash = async (root, where) => {
          const part = root.querySelector(where.file);
          if (!part) {
            return null;
          }
          const bytes = await (await fetch(part.currentSrc || part.src || part.href)).arrayBuffer();
          const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(byte => byte.toString(16).padStart(2, '0')).join('');
          const kind = part.localName === 'a' ? text(part, where.name) : part.localName;
          return `${kind} ${bytes.byteLength} ${digest.slice(0, 12)}`;
        };
        const buttons = (root, where, apart) => [...root.querySelectorAll(where.buttons)].filter(list => !apart || !list.closest(where.inCards))
          .flatMap(list => [...list.querySelectorAll(where.button)].filter(one => one.closest(where.buttons.replace(':scope ', '')) === list))
          .map(one => ({ words: (one.querySelector(where.words) ?? one).textContent.trim(), target: one.title }));
        const own = (root, where, selector) => [...root.querySelectorAll(selector)].find(one => !one.closest(where.inCards)) ?? null;
        const read = async (root, where) => {
          const first = own(root, where, where.file);
          const cards = [];
          for (const card of root.querySelectorAll(where.cards)) {
            cards.push({ body: text(card, where.cardBody), media: await hash(card, where), product: text(card, where.cardProduct), buttons: buttons(card, where, false) });
          }
          return {
            header: own(root, where, where.header)?.textContent.trim() ?? null, body: own(root, where, where.body)?.textContent.trim() ?? '', footer: own(root, where, where.footer)?.textContent.trim() ?? null,
            offer: text(root, where.offer), offerCode: text(root, where.offerCode), media: first ? await hash(root, where) : null,
            place: [...root.querySelectorAll(where.place)].map(one => one.textContent.trim()).join(', ') || null,
            product: root.textContent.includes(where.whole) ? null : own(root, where, where.product)?.textContent.trim() ?? null, buttons: buttons(root, where, true), cards,
          };
        };
        """;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <param name="Target">Where it leads or what it copies, as it is said when the pointer rests on it.</param>
internal sealed record ShownButton(string Words, string? Target);

internal sealed record ShownCard(string? Body, string? Media, string? Product, IReadOnlyList<ShownButton> Buttons);
