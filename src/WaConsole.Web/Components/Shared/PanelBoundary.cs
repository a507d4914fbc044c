using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace WaConsole.Web.Components.Shared;

/// <summary>One broken panel does not end the circuit: it says so and can be tried again.</summary>
public sealed class PanelBoundary(IStringLocalizer<SharedText> words) : ErrorBoundary
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenElement(1, "div");
        builder.AddAttribute(2, "class", "panel-fault");
        builder.AddAttribute(3, "role", "alert");
        builder.OpenElement(4, "p");
        builder.AddContent(5, words["PanelFault"].Value);
        builder.CloseElement();
        builder.OpenElement(6, "button");
        builder.AddAttribute(7, "type", "button");
        builder.AddAttribute(8, "class", "btn");
        builder.AddAttribute(9, "onclick", EventCallback.Factory.Create(this, Recover));
        builder.AddContent(10, words["TryAgain"].Value);
        builder.CloseElement();
        builder.CloseElement();
    }
}
