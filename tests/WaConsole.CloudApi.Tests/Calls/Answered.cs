using WaConsole.CloudApi.Tests.Client;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>Asks a Graph that answers this.</summary>
internal static class Answered
{
    public static async Task<T> AskAsync<T>(string answer, Func<CloudApiClient, CloudApiAccount, Task<T>> ask)
    {
        await using var graph = await GraphStub.AnswerAsync(200, answer);
        return await ask(GraphStub.NewClient(), graph.Account);
    }
}
