using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Tests.Shared;

public sealed class BrowserModuleTests : BunitContext
{
    [Fact]
    public async Task A_page_left_while_its_module_is_fetched_has_nothing_attached()
    {
        var slow = new SlowRuntime();
        var module = new BrowserModule(slow, "Sample");
        var attaching = module.AttachAsync(new ElementReference("root"), this);

        await module.DisposeAsync();
        var fetched = new SeenModule();
        slow.Answer(fetched);
        await attaching;

        Assert.Empty(fetched.Called);
        Assert.True(fetched.IsReleased);
    }

    /// <summary>On a dispatcher, as in a circuit: there, what waits for the same goes on in its order.</summary>
    [Fact]
    public Task What_a_module_is_told_while_it_is_fetched_comes_after_its_start() => Renderer.Dispatcher.InvokeAsync(async () =>
    {
        var slow = new SlowRuntime();
        await using var module = new BrowserModule(slow, "Sample");
        var fetched = new SeenModule();
        var attaching = module.AttachAsync(new ElementReference("root"), this);

        var told = module.TellAsync("put", new ElementReference("root"), "");
        var asked = module.AskOrAsync("", "text", new ElementReference("root"));
        slow.Answer(fetched);
        await attaching;
        await asked;

        Assert.True(await told);
        Assert.Equal(["attach", "put", "text"], fetched.Called);
    });

    [Fact]
    public async Task What_a_module_is_told_while_its_page_is_left_goes_nowhere()
    {
        var slow = new SlowRuntime();
        var module = new BrowserModule(slow, "Sample");
        var fetched = new SeenModule();
        var attaching = module.AttachAsync(new ElementReference("root"), this);
        var told = module.TellAsync("put", new ElementReference("root"), "");
        var asked = module.AskOrAsync("nobody there", "text", new ElementReference("root"));

        await module.DisposeAsync();
        slow.Answer(fetched);
        await attaching;

        Assert.False(await told);
        Assert.Equal("nobody there", await asked);
        Assert.Empty(fetched.Called);
    }

    [Fact]
    public async Task What_a_module_is_given_is_written_out_by_options_that_all_circuits_share()
    {
        var browser = JSInterop.SetupModule(BrowserModule.PathOf("Sample"));
        browser.Mode = JSRuntimeMode.Loose;
        await using var module = new BrowserModule(JSInterop.JSRuntime, "Sample");

        await module.AttachAsync(new ElementReference("root"), this, new { Words = new { now = "now" }, count = 3 });
        await module.TellAsync("show", new ElementReference("root"), 3, true, "three", null, new[] { new { title = "Ana" } });

        var attached = browser.VerifyInvoke("attach").Arguments;
        Assert.Equal("""{"words":{"now":"now"},"count":3}""", Assert.IsType<JsonElement>(attached[2]).GetRawText());
        var shown = browser.VerifyInvoke("show").Arguments;
        Assert.IsType<ElementReference>(shown[0]);
        Assert.Equal([3, true, "three", null], shown.Skip(1).Take(4));
        Assert.Equal("""[{"title":"Ana"}]""", Assert.IsType<JsonElement>(shown[5]).GetRawText());
    }

    /// <summary>Several that wait for the same module may hear of it in any order.</summary>
    private sealed class SlowRuntime : IJSRuntime
    {
        private readonly Stack<TaskCompletionSource<IJSObjectReference>> _asked = [];

        public void Answer(IJSObjectReference module)
        {
            while (_asked.TryPop(out var last))
            {
                last.SetResult(module);
            }
        }

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            var asked = new TaskCompletionSource<IJSObjectReference>();
            _asked.Push(asked);
            return (TValue)await asked.Task;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);
    }

    private sealed class SeenModule : IJSObjectReference
    {
        public List<string> Called { get; } = [];

        public bool IsReleased { get; private set; }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Called.Add(identifier);
            return default;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            IsReleased = true;
            return default;
        }
    }
}
