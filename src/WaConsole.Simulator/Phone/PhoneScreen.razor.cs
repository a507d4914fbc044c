using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>One chat as the customer sees it, and the box they write in.</summary>
public sealed partial class PhoneScreen(SimulatedWhatsApp world, IJSRuntime js) : IAsyncDisposable
{
    internal const string Module = "./_content/WaConsole.Simulator/Phone/PhoneScreen.razor.js";
    private const int MostLines = 300;

    internal static readonly string[] SampleKinds =
        ["image", "voice", "video", "audio", "document", "sticker", "location", "contacts", "ad", "unsupported"];

    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _screen;
    private DotNetObjectReference<PhoneScreen>? _self;
    private ChatLine? _replyTo;
    private string? _why;
    private bool _gone;

    [Parameter, EditorRequired] public required ChatView Chat { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<BusinessNumber> Numbers { get; set; }
    [Parameter, EditorRequired] public required DateTimeOffset Now { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter] public EventCallback<string> OnPickNumber { get; set; }

    private IReadOnlyList<ChatLine> Lines { get; set; } = [];

    private bool Typing => Chat.TypingUntil > Now;

    private bool CanWrite => Chat.Customer is { Online: true, Blocks: false, OnWhatsApp: true };

    private bool HasUnread => Chat.Lines.Any(line => line is { FromCustomer: false, State: ReceiptState.Delivered });

    private int OnTheWay => Chat.Lines.Count(line => line is { FromCustomer: false, State: ReceiptState.Accepted or ReceiptState.Sent });

    /// <summary>Called by the browser with what was written.</summary>
    [JSInvokable]
    public bool SendText(string text) => Send(MessageContent.OfText(text));

    /// <summary>Called by the browser with the id of an uploaded file.</summary>
    [JSInvokable]
    public bool SendFile(string mediaId)
    {
        if (world.Media.Stored(mediaId) is not { } file)
        {
            return Refuse(PhoneText.T("UploadFailed"));
        }

        var kind = MediaRules.KindOf(file.MimeType);
        var honest = kind is not null && MediaRules.Refusal(file.MimeType, file.Bytes.Span) is null;
        return Send(MessageContent.OfMedia(honest ? kind! : "document", new MediaPart(file.Id, file.MimeType, file.FileName)));
    }

    /// <summary>Called by the browser when an upload did not succeed.</summary>
    [JSInvokable]
    public void UploadFailed(string? why) => Refuse(why ?? PhoneText.T("UploadFailed"));

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        try
        {
            await ReleaseAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser went first; there is nothing left to release.
        }

        _self?.Dispose();
    }

    protected override void OnParametersSet() =>
        Lines = [.. Chat.Lines.Where(line => line.OnPhone && line.Content.Kind != "system").TakeLast(MostLines)];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", Module);
            if (!_gone)
            {
                _self = DotNetObjectReference.Create(this);
                _screen = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self, PhoneEndpoints.UploadHeader);
            }

            if (_gone)
            {
                // Another chat was picked while the browser was still loading this one.
                await ReleaseAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it was loading.
        }
    }

    private async Task ReleaseAsync()
    {
        if (_screen is not null)
        {
            await _screen.InvokeVoidAsync("dispose");
            await _screen.DisposeAsync();
        }

        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }

    private ChatLine? Quoted(ChatLine line) => line.ReplyTo is null ? null : Chat.Lines.FirstOrDefault(other => other.Id == line.ReplyTo);

    private bool SameDay(ChatLine one, ChatLine other) =>
        TimeZoneInfo.ConvertTime(one.At, Zone).Date == TimeZoneInfo.ConvertTime(other.At, Zone).Date;

    private void Reply(ChatLine line) => _replyTo = line;

    private void React((ChatLine Line, string Emoji) reaction)
    {
        var emoji = reaction.Line.CustomerReaction == reaction.Emoji ? "" : reaction.Emoji;
        Send(new MessageContent { Kind = "reaction", Reaction = new ReactionPart(reaction.Line.Id, emoji) });
    }

    private void Tap((ChatLine Line, string Value) tap) => Show(world.Tap(Chat.Customer.Id, tap.Line.Id, tap.Value));

    // The business asked for a place or a card; the answer quotes the question.
    private void Offer((ChatLine Line, string What) offer)
    {
        _replyTo = offer.Line;
        SendSample(offer.What == "own-card" ? "own-card" : "location");
    }

    private void ReadNow() => world.Read(Chat.Customer.Id, Chat.Number.Id);

    private void SendSample(string kind)
    {
        var customer = Chat.Customer;
        switch (kind)
        {
            case "location":
                Send(new MessageContent
                {
                    Kind = "location",
                    Location = new LocationPart(52.5163, 13.3777, "Pariser Platz", "Pariser Platz, 10117 Berlin"),
                });
                break;
            case "contacts":
                Send(new MessageContent { Kind = "contacts", Contacts = [new ContactPart("Ida Lindgren", "+46 70 174 06 05")] });
                break;
            case "own-card":
                Send(new MessageContent
                {
                    Kind = "contacts",
                    SubKind = "contact_request",
                    Contacts = [new ContactPart(customer.Name, "+" + customer.Phone, customer.Phone)],
                });
                break;
            case "unsupported":
                Send(new MessageContent { Kind = "unsupported", SubKind = "poll_creation" });
                break;
            case "ad":
                Send(MessageContent.OfText(PhoneText.T("FromAdText")), new ReferralPart(
                    "https://fb.example/ads/winter", "120210000000001", "ad", PhoneText.T("AdHeadline"), PhoneText.T("AdBody"), "ARAsimulated"));
                break;
            default:
                Send(Samples.Message(kind, null, world));
                break;
        }
    }

    private bool Send(MessageContent content, ReferralPart? referral = null)
    {
        var outcome = world.Write(Chat.Customer.Id, new CustomerMessage(content)
        {
            NumberId = Chat.Number.Id,
            ReplyTo = content.Reaction is null ? _replyTo?.Id : null,
            Referral = referral,
        });
        return Show(outcome);
    }

    private bool Show(WriteOutcome outcome)
    {
        if (outcome is WriteOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }

        _replyTo = null;
        _why = null;
        return true;
    }

    private bool Refuse(string why)
    {
        _why = why;
        _ = InvokeAsync(StateHasChanged);
        return false;
    }
}
