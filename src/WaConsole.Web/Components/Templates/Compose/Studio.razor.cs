using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Templates.Compose;

/// <summary>A draft being composed. What is typed is checked and drawn at once and saved when the keys rest.</summary>
public sealed partial class Studio(
    StudioVerbs verbs, ListNumbers numbers, CurrentCaller current, LiveUpdates live, TimeProvider clock, NavigationManager navigation, IJSRuntime js) : LivePanel
{
    private static readonly TimeSpan SaveAfter = TimeSpan.FromSeconds(1);

    private readonly BrowserModule _browser = new(js, "Templates/Compose/Studio");
    private StudioSheet _sheet = null!;
    private TemplateDraftView? _draft;
    private SaveTemplateDraftOutcome.Conflict? _conflict;
    private Task _saving = Task.CompletedTask;
    private ITimer? _timer;
    private ElementReference _root;
    private DateTime _savedAt;
    private string _business = "";
    private string? _refusal;
    private string? _moved;
    private int _version;
    private bool _attached;
    private bool _unsaved;
    private bool _missing;
    private bool _deleting;
    private bool _handingIn;
    private bool _showPhone;

    [Parameter, EditorRequired] public required long Id { get; set; }

    protected override Task OnInitializedAsync()
    {
        _sheet = new StudioSheet(Changed);
        _timer = clock.CreateTimer(_ => _ = RefreshAsync(SaveAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Hear(live.Subscribe<TemplatesChanged>(change => change.BusinessAccountId == _draft?.BusinessAccountId, () => RefreshAsync(NoticeAsync)));
        return OpenAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_draft is not null && !_attached)
        {
            _attached = true;
            await _browser.AttachAsync(_root, this, new { draft = Id });
        }
    }

    /// <summary>From the browser: what was typed since it last said so.</summary>
    [JSInvokable("Typed")]
    public void TakeTyped(IReadOnlyList<TypedField> fields)
    {
        foreach (var field in fields.Take(50))
        {
            _sheet.Type(field.Path, field.Value);
        }
    }

    [JSInvokable("Moved")]
    public void TakeMoved(string list, int from, int to)
    {
        _sheet.Change(content => StartTemplate.Moved(content, list, from, to));
        _moved = S["MovedTo", to + 1];
        StateHasChanged();
    }

    protected override async ValueTask LeaveBrowserAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await _browser.DisposeAsync();
        if (_unsaved && !_missing)
        {
            await SaveAsync(CancellationToken.None);
        }
    }

    private async Task OpenAsync()
    {
        var caller = await current.ReadAsync(Gone);
        if (!caller.MayManageTemplates || await verbs.Read.RunAsync(caller, Id, Gone) is not { } draft)
        {
            _missing = true;
            return;
        }

        (_missing, _refusal, _conflict, _unsaved) = (false, null, null, false);
        Take(draft);
        _sheet.Open(draft.Content, draft.Files);
        _sheet.Learn(draft.Findings);
        var number = (await numbers.RunAsync(caller, Gone)).FirstOrDefault(known => known.BusinessAccountId == draft.BusinessAccountId);
        _business = number?.Name ?? "";
    }

    private void Take(TemplateDraftView draft) => (_draft, _version, _savedAt) = (draft, draft.Version, draft.ChangedAtUtc);

    private void Changed()
    {
        _unsaved = true;
        _timer?.Change(SaveAfter, Timeout.InfiniteTimeSpan);
        StateHasChanged();
    }

    private void Redraw() => StateHasChanged();

    private void Learn(IReadOnlyList<TemplateFinding> findings)
    {
        _sheet.Learn(findings);
        StateHasChanged();
    }

    private async Task SaveNowAsync()
    {
        _unsaved = true;
        await SaveAsync();
    }

    private Task SaveAsync() => SaveAsync(Gone);

    /// <returns>The version saved; null when it could not be.</returns>
    private async Task<int?> SavedVersionAsync()
    {
        await SaveAsync();
        return _unsaved ? null : _version;
    }

    /// <summary>One at a time, each the latest content: a save that waited finds nothing left to do.</summary>
    private Task SaveAsync(CancellationToken cancellationToken)
    {
        return _saving = NextAsync(_saving);

        async Task NextAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_unsaved && _draft is not null && _conflict is null)
            {
                await WriteAsync(_draft, _sheet.Content, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(TemplateDraftView draft, ComposedTemplate content, CancellationToken cancellationToken)
    {
        var caller = await current.ReadAsync(cancellationToken);
        switch (await verbs.Save.RunAsync(
            caller, new TemplateDraftToSave(draft.Id, draft.BusinessAccountId, _version, content, draft.TemplateId), cancellationToken))
        {
            case SaveTemplateDraftOutcome.Saved saved:
                (_version, _savedAt, _refusal) = (saved.Version, clock.GetUtcNow().UtcDateTime, null);
                if (ReferenceEquals(content, _sheet.Content))
                {
                    _unsaved = false;
                    if (await verbs.Check.RunAsync(caller, draft.BusinessAccountId, draft.Id, content, cancellationToken) is { } findings
                        && ReferenceEquals(content, _sheet.Content))
                    {
                        _sheet.Learn(findings);
                    }
                }

                break;
            case SaveTemplateDraftOutcome.Conflict conflict:
                _conflict = conflict;
                break;
            case SaveTemplateDraftOutcome.Refused refused:
                _refusal = refused.Sentence;
                break;
            default:
                _missing = true;
                break;
        }
    }

    /// <summary>Somebody else saved while nothing was being written here: theirs is shown. Otherwise the next save tells of it.</summary>
    private async Task NoticeAsync()
    {
        await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_unsaved || _missing || await verbs.Read.RunAsync(await current.ReadAsync(Gone), Id, Gone) is not { } draft || _unsaved)
        {
            return;
        }

        if (draft.Version < _version)
        {
            // Read before what was typed and saved here meanwhile: that save brings news of its own.
            return;
        }

        var changed = draft.Version != _version;
        Take(draft);
        if (changed)
        {
            _sheet.Open(draft.Content, draft.Files);
        }

        _sheet.Learn(draft.Findings);
    }

    private Task TakeTheirsAsync() => OpenAsync();

    private async Task KeepMineAsync()
    {
        _version = _conflict!.Version;
        _conflict = null;
        await SaveAsync();
    }

    private async Task RestoreAsync(int version)
    {
        if (await verbs.Read.VersionAsync(await current.ReadAsync(Gone), Id, version, Gone) is { } content)
        {
            _sheet.Change(_ => content);
            await SaveAsync();
        }
    }

    private async Task DeleteAsync()
    {
        _deleting = false;
        (_unsaved, _missing) = (false, true);
        await verbs.Delete.RunAsync(await current.ReadAsync(), Id, CancellationToken.None);
        navigation.NavigateTo("templates");
    }

    private async Task FocusAsync(string field)
    {
        _showPhone = false;
        StateHasChanged();
        await _browser.TellAsync("focusOn", _root, field);
    }
}
