using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

/// <summary>Children are buttons with role menuitem; choosing one closes the list, a menuitemcheckbox leaves it open.</summary>
public sealed partial class Menu(IJSRuntime js) : IAsyncDisposable
{
    private readonly BrowserModule _browser = new(js, "Shared/Menu");
    private readonly string _id = $"menu-{Guid.CreateVersion7():N}";
    private ElementReference _root;

    [Parameter, EditorRequired] public required string Label { get; set; }
    [Parameter, EditorRequired] public required RenderFragment Button { get; set; }
    [Parameter] public string ButtonClass { get; set; } = "icon-button";

    /// <summary>The word by which keys of the screen find the button.</summary>
    [Parameter] public string? Key { get; set; }
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
