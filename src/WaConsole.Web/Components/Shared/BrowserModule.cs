using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace WaConsole.Web.Components.Shared;

/// <summary>
/// The JavaScript module beside a component. Its convention: <c>attach(element, owner, options)</c> starts, <c>detach(element)</c> lets go.
/// <paramref name="path"/> is under Components, without ".razor.js".
/// </summary>
public sealed class BrowserModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IDisposable? _owner;
    private ElementReference? _element;
    private Task _attached = Task.CompletedTask;
    private bool _gone;

    public static string PathOf(string path) => $"./Components/{path}.razor.js";

    /// <summary>What is told or asked meanwhile waits for it: a module that has not started yet knows nothing to do it to.</summary>
    public async ValueTask AttachAsync<TOwner>(ElementReference element, TOwner owner, object? options = null)
        where TOwner : class
    {
        _attached = StartAsync(element, owner, options);
        await _attached;
    }

    public async ValueTask<TResult> AskAsync<TResult>(string function, params object?[] arguments) =>
        await (await StartedAsync()).InvokeAsync<TResult>(function, Written(arguments));

    /// <summary>For what is asked because something was pushed: a browser that is away must not take the panel with it.</summary>
    /// <returns><paramref name="otherwise"/> when the browser did not answer.</returns>
    public async ValueTask<TResult> AskOrAsync<TResult>(TResult otherwise, string function, params object?[] arguments)
    {
        try
        {
            return await AskAsync<TResult>(function, arguments);
        }
        catch (Exception away) when (IsAway(away))
        {
            return otherwise;
        }
    }

    /// <returns>False when the browser did not answer: the network is cut, or the machine sleeps. That is no fault of the panel.</returns>
    public async ValueTask<bool> TellAsync(string function, params object?[] arguments)
    {
        try
        {
            await (await StartedAsync()).InvokeVoidAsync(function, Written(arguments));
            return true;
        }
        catch (Exception away) when (IsAway(away))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        try
        {
            if (_module is not null)
            {
                if (_element is { } element)
                {
                    await _module.InvokeVoidAsync("detach", element);
                }

                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser went first; there is nothing left to release.
        }
        catch (OperationCanceledException)
        {
            // The circuit ended while we waited for it.
        }

        _owner?.Dispose();
    }

    private async Task StartAsync<TOwner>(ElementReference element, TOwner owner, object? options)
        where TOwner : class
    {
        var module = await LoadAsync();
        if (_gone)
        {
            // The page was left while its module was fetched: its element is no longer there.
            await DisposeAsync();
            return;
        }

        var reference = DotNetObjectReference.Create(owner);
        _owner = reference;
        _element = element;
        await module.InvokeVoidAsync("attach", element, reference, Written(options));
    }

    /// <exception cref="JSDisconnectedException">The page was left meanwhile, and its module with it.</exception>
    private async ValueTask<IJSObjectReference> StartedAsync()
    {
        await _attached;
        return _gone ? throw new JSDisconnectedException("The page was left.") : await LoadAsync();
    }

    /// <summary>A call to a browser that is away is cancelled after a minute.</summary>
    private static bool IsAway(Exception fault) => fault is JSDisconnectedException or OperationCanceledException;

    private static object?[] Written(object?[] arguments) => Array.ConvertAll(arguments, Written);

    /// <summary>
    /// A circuit has JSON options of its own, and learns each of our types, and compiles what reads it, once more: 30 KB for each open inbox.
    /// So what is not a plain value is written out here, by options that all circuits share.
    /// </summary>
    private static object? Written(object? value) =>
        value is null or string or ElementReference or IJSObjectReference || value.GetType().IsPrimitive
            ? value
            : JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);

    private async ValueTask<IJSObjectReference> LoadAsync() =>
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", PathOf(path));
}
