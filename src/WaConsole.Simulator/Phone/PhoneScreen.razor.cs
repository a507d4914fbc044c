using System.Globalization;
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

    internal static readonly (SheetKind Kind, string Sign)[] MenuSheets =
    [
        (SheetKind.Place, "pin"), (SheetKind.Card, "person"), (SheetKind.Shop, "bag"), (SheetKind.Ad, "megaphone"), (SheetKind.Unsupported, "question"),
    ];

    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _screen;
    private DotNetObjectReference<PhoneScreen>? _self;
    private ChatLine? _replyTo;
    private ProductPart? _asksAbout;
    private OpenSheet? _sheet;
    private string? _why;
    private string? _told;
    private bool _gone;

    [Parameter, EditorRequired] public required ChatView Chat { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<BusinessNumber> Numbers { get; set; }
    [Parameter, EditorRequired] public required DateTimeOffset Now { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter] public EventCallback<string> OnPickNumber { get; set; }

    private SimulatedWhatsApp World => world;

    private IReadOnlyList<ChatLine> Lines { get; set; } = [];

    private bool Typing => Chat.TypingUntil > Now;

    private bool CanWrite => Chat.Customer is { Online: true, Blocks: false, OnWhatsApp: true };

    private bool HasUnread => Chat.Lines.Any(line => line is { FromCustomer: false, State: ReceiptState.Delivered });

    private int OnTheWay => Chat.Lines.Count(line => line is { FromCustomer: false, State: ReceiptState.Accepted or ReceiptState.Sent });

    /// <summary>Called by the browser with what was written.</summary>
    [JSInvokable]
    public bool SendText(string text) => Send(MessageContent.OfText(text));

    /// <summary>Called by the browser with the id of an uploaded file and what was written beside it.</summary>
    [JSInvokable]
    public bool SendFile(string mediaId, string? caption)
    {
        if (world.Media.Stored(mediaId) is not { } file)
        {
            return Refuse(PhoneText.T("UploadFailed"));
        }

        var kind = MediaRules.KindOf(file.MimeType);
        var honest = kind is not null && MediaRules.Refusal(file.MimeType, file.Bytes.Span) is null;
        kind = honest ? kind! : "document";
        var words = kind is "image" or "video" or "document" && !string.IsNullOrWhiteSpace(caption) ? caption.Trim() : null;
        return Send(MessageContent.OfMedia(kind, new MediaPart(file.Id, file.MimeType, file.FileName), words));
    }

    /// <summary>Called by the browser when an upload did not succeed.</summary>
    [JSInvokable]
    public void UploadFailed(string? why) => Refuse(why ?? PhoneText.T("UploadFailed"));

    /// <summary>Called by the browser when a voice message of the business is played.</summary>
    [JSInvokable]
    public void Played(string messageId) => world.Play(messageId);

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

    protected override void OnParametersSet() => Lines = [.. Chat.Lines.Where(line => line.OnPhone).TakeLast(MostLines)];

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

    private void Open(SheetKind kind) => _sheet = new OpenSheet(kind);

    private void Close() => _sheet = null;

    private void Act((ChatLine Line, string What) act)
    {
        switch (act.What)
        {
            case "reply":
                _replyTo = act.Line;
                break;
            case "forward":
                Send(SampleMessages.Forwarded(act.Line, world));
                break;
            case "edit":
                _sheet = new OpenSheet(SheetKind.Edit, act.Line);
                break;
            case "delete":
                Send(SampleMessages.Deletion(act.Line));
                break;
        }
    }

    private void React((ChatLine Line, string Emoji) reaction)
    {
        var emoji = reaction.Line.CustomerReaction == reaction.Emoji ? "" : reaction.Emoji;
        Send(new MessageContent { Kind = "reaction", Reaction = new ReactionPart(reaction.Line.Id, emoji) });
    }

    private void Press((ChatLine Line, ButtonPart Button) press)
    {
        switch (press.Button.Kind)
        {
            case "reply" or "quick_reply":
                Tap((press.Line, press.Button.Value ?? press.Button.Title));
                break;
            case "url":
                Tap((press.Line, press.Button.Title));
                break;
            case "request_contact_info":
                _replyTo = press.Line;
                Send(SampleMessages.OwnCard(Chat.Customer));
                break;
            default:
                _sheet = SheetOf(press.Button.Kind) is { } kind ? new OpenSheet(kind, press.Line, press.Button) : null;
                break;
        }
    }

    private static SheetKind? SheetOf(string button) => button switch
    {
        "list" => SheetKind.List,
        "flow" or "address_message" => SheetKind.Form,
        "product" or "spm" or "mpm" or "catalog" => SheetKind.Shop,
        "voice_call" => SheetKind.Call,
        "call_permission_request" => SheetKind.Permission,
        "order_details" or "order_status" => SheetKind.Bill,
        "send_location" => SheetKind.Place,
        _ => null,
    };

    private void Tap((ChatLine Line, string Value) tap) => Show(world.Tap(Chat.Customer.Id, tap.Line.Id, tap.Value));

    private void Write(CustomerMessage message) => Show(world.Write(Chat.Customer.Id, message));

    private void Call((string Seconds, string? Payload) call)
    {
        int? seconds = int.TryParse(call.Seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var talked) ? talked : null;
        world.Call(Chat.Customer.Id, new SimulatedCall(seconds, NumberId: Chat.Number.Id, Payload: call.Payload));
        _told = seconds is { } length ? PhoneText.T("CallLasted", PhoneTime.Duration(length)) : PhoneText.T("CallMissed");
        Close();
    }

    private void Pay((ChatLine Line, bool Paid) payment)
    {
        world.Pay(Chat.Customer.Id, payment.Line.Id, payment.Paid);
        _told = PhoneText.T(payment.Paid ? "PaymentTold" : "PaymentFailedTold");
        Close();
    }

    private void Ask(ProductPart product)
    {
        (_asksAbout, _replyTo) = (product, null);
        Close();
    }

    private void ReadNow() => world.Read(Chat.Customer.Id, Chat.Number.Id);

    private void SendSample(string kind) => Send(SampleMessages.Of(kind, world));

    private bool Send(MessageContent content) => Show(world.Write(Chat.Customer.Id, new CustomerMessage(
        content.Kind == "text" && _asksAbout is not null ? content with { Product = _asksAbout } : content)
    {
        NumberId = Chat.Number.Id,
        ReplyTo = content.Kind is "reaction" or "revoke" || content.Forwarded > 0 ? null : _replyTo?.Id,
    }));

    private bool Show(WriteOutcome outcome)
    {
        if (outcome is WriteOutcome.Refused refused)
        {
            return Refuse(refused.Why);
        }

        (_replyTo, _asksAbout, _sheet, _why, _told) = (null, null, null, null, null);
        return true;
    }

    private bool Refuse(string why)
    {
        (_why, _sheet) = (why, null);
        _ = InvokeAsync(StateHasChanged);
        return false;
    }
}
