using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

/// <summary>Children are buttons with role menuitem; choosing one closes the list.</summary>
public sealed partial class Menu(IJSRuntime js) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Shared/Menu");
    private readonly string _id = $"menu-{Guid.CreateVersion7():N}";
    private ElementReference _root;

    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter, EditorRequired] public required RenderFragment Button { get; set; }
    [Parameter] public string ButtonClass { get; set; } = "icon-button";
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this);
        }
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
