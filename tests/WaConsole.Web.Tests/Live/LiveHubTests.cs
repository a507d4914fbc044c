using Microsoft.AspNetCore.SignalR.Client;
using WaConsole.Core.Live;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Live;
using WaConsole.Web.Tests.Api;

namespace WaConsole.Web.Tests.Live;

public sealed class LiveHubTests
{
    [Fact]
    public async Task A_program_hears_ids_of_what_changed_once_per_burst()
    {
        await using var host = await ConsoleHost.StartAsync();
        var (key, _) = await SeedApiKey.WriteAsync(host.Store);
        await using var byHeader = await Listener.ConnectAsync(host, "X-Api-Key", key);
        await using var byQuery = await Listener.ConnectAsync(host, token: key);
        await Task.WhenAll(byHeader.LetIn, byQuery.LetIn);

        for (var i = 0; i < 200; i++)
        {
            host.Get<LiveUpdates>().Publish(new ConversationChanged(host.NumberId, 42));
        }

        host.Get<LiveUpdates>().Publish(new ContactChanged(44), new LabelsChanged(), new InboxChanged(host.NumberId, 43));

        foreach (var listener in (Listener[])[byHeader, byQuery])
        {
            await Until.TrueAsync(() => listener.Heard.Contains(("inbox", "43", $"{host.NumberId}")), "the hub to pass the change on");
            Assert.Contains(("contact", "44", ""), listener.Heard);
            Assert.Contains(("labels", "", ""), listener.Heard);
            Assert.InRange(listener.Heard.Count(heard => heard == ("conversation", "42", $"{host.NumberId}")), 1, 50);
        }
    }

    [Fact]
    public async Task Somebody_with_one_number_hears_nothing_of_another()
    {
        await using var host = await ConsoleHost.StartAsync();
        var ana = await new SeedAgent("Ana", Numbers: [host.NumberId]).WriteAsync(host.Store);
        await using var listener = await Listener.ConnectAsync(host, "Cookie", await host.CookieAsync(ana));
        await listener.LetIn;

        host.Get<LiveUpdates>().Publish(new ConversationChanged(host.NumberId + 1, 1), new ContactChanged(3));
        host.Get<LiveUpdates>().Publish(new ConversationChanged(host.NumberId, 2));

        await Until.TrueAsync(() => !listener.Heard.IsEmpty, "the own number's change");
        Assert.Equal([("conversation", "2", $"{host.NumberId}")], listener.Heard.Distinct());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wac_unknown")]
    public async Task Without_a_valid_key_there_is_no_connection(string? key)
    {
        await using var host = await ConsoleHost.StartAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Listener.ConnectAsync(host, "X-Api-Key", key));
    }

    [Fact]
    public async Task A_disabled_person_and_a_marketer_are_put_out()
    {
        await using var host = await ConsoleHost.StartAsync();
        var boss = await new SeedAgent("Zoe", Role.Admin).WriteAsync(host.Store);
        var ana = await new SeedAgent("Ana").WriteAsync(host.Store);
        var mara = await new SeedAgent("Mara", Role.Marketer).WriteAsync(host.Store);
        await using var agent = await Listener.ConnectAsync(host, "Cookie", await host.CookieAsync(ana));
        await agent.LetIn;

        await host.Get<ChangeAgent>().RunAsync(boss, new AgentChange(ana.AgentId!.Value, Disabled: true), CancellationToken.None);

        await agent.Closed;
        await using var marketer = await Listener.ConnectAsync(host, "Cookie", await host.CookieAsync(mara));
        await marketer.Closed;
    }

    private sealed class Listener : IAsyncDisposable
    {
        private readonly HubConnection _connection;
        private readonly TaskCompletionSource _letIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Listener(HubConnection connection)
        {
            _connection = connection;
            connection.On<string, string>(nameof(ILiveClient.ConversationChanged), (id, number) => Heard.Enqueue(("conversation", id, number)));
            connection.On<string, string>(nameof(ILiveClient.InboxChanged), (id, number) => Heard.Enqueue(("inbox", id, number)));
            connection.On<string>(nameof(ILiveClient.ContactChanged), id => Heard.Enqueue(("contact", id, "")));
            connection.On(nameof(ILiveClient.LabelsChanged), () => Heard.Enqueue(("labels", "", "")));
            connection.On(nameof(ILiveClient.Resync), () => _letIn.TrySetResult());
            connection.Closed += _ =>
            {
                _closed.TrySetResult();
                return Task.CompletedTask;
            };
        }

        public System.Collections.Concurrent.ConcurrentQueue<(string Kind, string Id, string Number)> Heard { get; } = new();

        /// <summary>The hub has said to read: from here on nothing is missed.</summary>
        public Task LetIn => _letIn.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        public Task Closed => _closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        public static async Task<Listener> ConnectAsync(ConsoleHost host, string? header = null, string? value = null, string? token = null)
        {
            var listener = new Listener(new HubConnectionBuilder()
                .WithUrl(new Uri(host.Address, $"/hubs/live{(token is null ? "" : $"?access_token={token}")}"), options =>
                {
                    if (header is not null && value is not null)
                    {
                        options.Headers[header] = value;
                    }
                })
                .Build());
            await listener._connection.StartAsync(TestContext.Current.CancellationToken);
            return listener;
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
