using Microsoft.JSInterop;
using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>Several rows chosen for one act. They stay chosen when they move or scroll out of what is loaded, until another view is opened.</summary>
public sealed partial class ConversationList
{
    private readonly Dictionary<long, InboxRow> _picked = [];
    private readonly HashSet<long> _peopleOf = [];
    private IReadOnlyList<Assignee> _people = [];
    private IReadOnlyList<string> _said = [];
    private ManyUndo? _undo;
    private long? _lastPicked;

    /// <summary>A click on a row's box; with Shift on all rows from the last one.</summary>
    /// <returns>Whether the row is chosen now.</returns>
    [JSInvokable]
    public async Task<bool> PickAsync(long id, bool range)
    {
        var rows = _window?.Rows ?? [];
        var at = IndexOf(rows, id);
        if (at < 0)
        {
            return _picked.ContainsKey(id);
        }

        var on = !_picked.ContainsKey(id);
        var from = range && _lastPicked is { } last && IndexOf(rows, last) is >= 0 and var found ? found : at;
        Pick(rows.Skip(Math.Min(from, at)).Take(Math.Abs(from - at) + 1), on);
        _lastPicked = id;
        Hush();
        await ReadPeopleAsync();
        StateHasChanged();
        return _picked.ContainsKey(id);
    }

    private async Task PickShownAsync()
    {
        Pick(_window?.Rows ?? [], on: true);
        await ReadPeopleAsync();
    }

    private void PickNone()
    {
        _picked.Clear();
        _lastPicked = null;
    }

    private void Pick(IEnumerable<InboxRow> rows, bool on)
    {
        foreach (var row in rows)
        {
            if (!on)
            {
                _picked.Remove(row.Id);
            }
            else if (_picked.Count < ActOnMany.Most)
            {
                _picked.TryAdd(row.Id, row);
            }
        }
    }

    /// <summary>Everybody who can take at least one of them; who cannot take another is told by the outcome.</summary>
    private async Task ReadPeopleAsync()
    {
        var caller = await current.ReadAsync(Gone);
        foreach (var number in _picked.Values.Concat(_menuRows).Select(row => row.NumberId).Where(_peopleOf.Add).ToList())
        {
            _people = [.. _people.Union(await assignees.RunAsync(caller, number, Gone)).OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)];
        }
    }

    private async Task ActAsync(ManyAct act)
    {
        await ActOnAsync(_picked.Values, act);

        // Labels are often several: what is chosen stays chosen for the next one.
        if (act is not ManyAct.Label)
        {
            PickNone();
        }
        else
        {
            await RenewPickedAsync();
        }
    }

    /// <summary>The open one: what is said of it and the way back stay here when the next one is opened.</summary>
    /// <returns>Why it was not done; null when it was.</returns>
    public async Task<string?> ResolveAsync(ConversationView view)
    {
        var outcome = await ActOnAsync(
            new Dictionary<long, string> { [view.Id] = view.Name },
            new ManyAct.SetStatus(ConversationStatus.Resolved) { SeenMessageId = view.LastMessageId });
        if (_undo is not null)
        {
            _said = [T["OneResolved", view.Name]];
        }

        StateHasChanged();
        return outcome.NotDone.Select(one => one.Sentence).FirstOrDefault();
    }

    private Task<ManyOutcome> ActOnAsync(IEnumerable<InboxRow> rows, ManyAct act) => ActOnAsync(rows.ToDictionary(row => row.Id, row => row.Name), act);

    private async Task<ManyOutcome> ActOnAsync(Dictionary<long, string> names, ManyAct act)
    {
        var outcome = await many.RunAsync(await current.ReadAsync(), names.Keys, act, CancellationToken.None);
        Say(outcome, names, "ManyDone", "ManyLeft");
        _undo = outcome.Before.Count > 0 ? new ManyUndo(act, outcome.Before, names) : null;
        return outcome;
    }

    /// <summary>Each is again what it was, unless somebody has changed it since.</summary>
    private async Task UndoAsync()
    {
        if (_undo is { } undo)
        {
            _undo = null;
            Say(await undoMany.RunAsync(await current.ReadAsync(), undo.Act, undo.Before, CancellationToken.None), undo.Names, "ManyUndone", "ManyStays");
            await RenewPickedAsync();
        }
    }

    private void Hush() => (_said, _undo) = ([], null);

    private void Say(ManyOutcome outcome, Dictionary<long, string> names, string done, string left) => _said =
    [
        .. outcome.Done.Count > 0 ? [T[done, outcome.Done.Count].Value] : Array.Empty<string>(),
        .. outcome.NotDone.GroupBy(one => one.Sentence, one => names[one.ConversationId]).Select(group => T[left, Named([.. group]), group.Key].Value),
    ];

    private static string Named(List<string> names)
    {
        const int Most = 3;
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? $" +{names.Count - Most}" : "");
    }

    private async Task RenewPickedAsync()
    {
        foreach (var row in await RenewedAsync(_picked.Keys))
        {
            _picked[row.Id] = row;
        }
    }

    private async Task<IReadOnlyList<InboxRow>> RenewedAsync(IEnumerable<long> ids) =>
        await changedRows.RunAsync(await current.ReadAsync(Gone), View.Query(Viewer, null, InboxWindow.PageSize), ids.ToHashSet(), Gone) ?? [];

    private static int IndexOf(IReadOnlyList<InboxRow> rows, long id)
    {
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows[at].Id == id)
            {
                return at;
            }
        }

        return -1;
    }

    private sealed record ManyUndo(ManyAct Act, IReadOnlyList<BeforeAct> Before, Dictionary<long, string> Names);
}
