using WaConsole.Core.Library;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What can be done with the library, handed over as one thing.</summary>
public sealed class LibraryVerbs(ListLibrary list, AddToLibrary add, RenameInLibrary rename, DeleteFromLibrary delete)
{
    public ListLibrary List => list;

    public AddToLibrary Add => add;

    public RenameInLibrary Rename => rename;

    public DeleteFromLibrary Delete => delete;
}
