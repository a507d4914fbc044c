using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;

namespace WaConsole.Web.Components.Conversations;

/// <summary>The menu of a row: for that row alone, or for all chosen ones when it is one of them.</summary>
public sealed partial class ConversationList
{
    private IReadOnlyList<InboxRow> _menuRows = [];
    private int _menuOpening;
    private long? _me;

    /// <summary>A right click on a row, or a point while it has the focus.</summary>
    /// <returns>Whether there is a menu to show; false when the row has left the list meanwhile.</returns>
    [JSInvokable]
    public async Task<bool> MenuAsync(long id)
    {
        var row = (_window?.Rows ?? []).FirstOrDefault(row => row.Id == id);
        if (row is null)
        {
            return false;
        }

        _menuRows = _picked.ContainsKey(id) ? [.. _picked.Values] : [row];
        _menuOpening++;
        Hush();
        await ReadPeopleAsync();
        StateHasChanged();
        return true;
    }

    private async Task ActOnMenuAsync(ManyAct act)
    {
        await ActOnAsync(_menuRows, act);
        if (act is ManyAct.Label label)
        {
            // The menu stays open for the next label, also on a row that is no longer in a list of one label.
            var renewed = (await RenewedAsync(_menuRows.Select(row => row.Id))).ToDictionary(row => row.Id);
            _menuRows = [.. _menuRows.Select(row => renewed.GetValueOrDefault(row.Id) ?? Labelled(row, label))];
            await RenewPickedAsync();
        }
        else if (_menuRows.Any(row => _picked.ContainsKey(row.Id)))
        {
            PickNone();
        }
    }

    private static InboxRow Labelled(InboxRow row, ManyAct.Label act) =>
        row with { LabelIds = LabelIds.Write(LabelIds.Read(row.LabelIds).Except(act.Remove).Union(act.Add)) };

    private async Task PickMenuRowAsync()
    {
        Pick(_menuRows, on: true);
        _lastPicked = _menuRows.Select(row => (long?)row.Id).LastOrDefault();
        await ReadPeopleAsync();
    }
}
