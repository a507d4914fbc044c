using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// Writing down what WhatsApp answered is worth a second try: a deadlock or a busy database would turn a known outcome into an unknown one.
/// </summary>
internal static class Insist
{
    private const int Tries = 5;

    public static async Task OnAsync(Func<Task> write, TimeProvider clock)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception cause) when (attempt < Tries && cause.IsOfStore)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), clock);
            }
        }
    }
}
