using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Where private notes are written. Like the reply box it keeps keystrokes in the browser and the draft on the server.</summary>
public sealed partial class NoteBox(ReplyVerbs verbs, CurrentCaller current, IJSRuntime js) : LivePanel
{
    private readonly BrowserModule _browser = new(js, "Conversations/NoteBox");
    private readonly string _suggestId = $"people-{Guid.CreateVersion7():N}";
    private ElementReference _root;
    private string _draft = "";
    private string? _refusal;
    private bool _enterSends = true;
    private bool _ready;
    private bool _attached;

    [Parameter, EditorRequired] public required long ConversationId { get; set; }

    /// <summary>Who can be named: the people who may see this number.</summary>
    [Parameter] public IReadOnlyList<Assignee> People { get; set; } = [];

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        _draft = (await verbs.Drafts.ReadAsync(caller, ConversationId, Gone)).Note;
        _enterSends = (await verbs.Preferences.ReadAsync(caller, Gone)).EnterSends;
        _ready = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_ready && !_attached)
        {
            _attached = true;
            await _browser.AttachAsync(_root, this, new
            {
                conversation = ConversationId,
                text = _draft,
                enterSends = _enterSends,
                none = T["NobodyFound"].Value,
            });
        }
    }

    /// <returns>Whether the note was written: the box is emptied then.</returns>
    [JSInvokable]
    public async Task<bool> SaveAsync(string text, Guid key)
    {
        // What a person asked for is done even when the next conversation is opened at once.
        var outcome = await verbs.Note.RunAsync(await current.ReadAsync(), ConversationId, key, text, CancellationToken.None);
        _refusal = outcome switch
        {
            WriteNoteOutcome.Refused refused => refused.Sentence,
            WriteNoteOutcome.NoSuchConversation => T["NoConversation"],
            _ => null,
        };
        StateHasChanged();
        return _refusal is null;
    }

    [JSInvokable]
    public async Task SaveDraftAsync(string text) =>
        await verbs.Drafts.SaveNoteAsync(await current.ReadAsync(), ConversationId, text, CancellationToken.None);

    /// <summary>What "@" offers.</summary>
    [JSInvokable]
    public IReadOnlyList<Suggestion> PeopleToName() => [.. People.Select(person => new Suggestion(person.AgentId, person.Name, null))];

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();
}
