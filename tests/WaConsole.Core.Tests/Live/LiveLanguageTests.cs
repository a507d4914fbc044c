using System.Globalization;
using WaConsole.Core.Live;

namespace WaConsole.Core.Tests.Live;

public sealed class LiveLanguageTests
{
    [Fact]
    public async Task A_listener_refreshes_in_its_own_language_whatever_the_publishers()
    {
        var live = new LiveUpdates(TimeProvider.System);
        var heard = new TaskCompletionSource<(string Culture, string Words)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = await InAsync("ar", () => live.SubscribeInbox(null, _ =>
        {
            heard.TrySetResult((CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name));
            return Task.CompletedTask;
        }));

        await InAsync("es", () =>
        {
            live.Publish(new InboxChanged(1, 1));
            return true;
        });

        Assert.Equal(("ar", "ar"), await heard.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A culture set inside a task stays in it.</summary>
    private static Task<T> InAsync<T>(string language, Func<T> act) => Task.Run(() =>
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return act();
    });
}
