using WaConsole.Core.Contacts;
using WaConsole.Core.Labels;

namespace WaConsole.Web.Components.Contacts;

/// <summary>What the pages of contacts do, handed over as one thing.</summary>
public sealed class ContactVerbs(
    ListContacts list,
    ReadContact read,
    EditContact edit,
    LabelContact label,
    ListLabels labels,
    WriteContactNote notes,
    MergePeople merge,
    UndoMerge undo)
{
    public ListContacts List => list;

    public ReadContact Read => read;

    public EditContact Edit => edit;

    public LabelContact Label => label;

    public ListLabels Labels => labels;

    public WriteContactNote Notes => notes;

    public MergePeople Merge => merge;

    public UndoMerge Undo => undo;
}
