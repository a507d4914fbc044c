using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

/// <summary>Open while it is rendered: the parent removes it when <see cref="OnClose"/> is called.</summary>
public sealed partial class ModalDialog(IJSRuntime js, IStringLocalizer<SharedText> words) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Shared/ModalDialog");
    private readonly string _titleId = $"dialog-{Guid.CreateVersion7():N}";
    private ElementReference _dialog;

    private IStringLocalizer<SharedText> T => words;

    [Parameter, EditorRequired] public required string Title { get; set; }
    [Parameter] public string? Class { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_dialog, this);
        }
    }

    [JSInvokable]
    public Task ClosedAsync() => InvokeAsync(OnClose.InvokeAsync);

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
