using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Conversations;

public sealed partial class ReplyBox
{
    /// <summary>More were chosen than one press of Send takes: those that fit are there, and it is said that the others are not.</summary>
    [JSInvokable]
    public void LeftOut(int most)
    {
        _refusal = M["TooManyFiles", most];
        StateHasChanged();
    }
}
