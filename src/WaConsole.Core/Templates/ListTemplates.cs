using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates;

/// <summary>Templates of a number's account from our copy, by name and language. Not sendable ones carry the reason.</summary>
public sealed class ListTemplates(Store store)
{
    public Task<IReadOnlyList<TemplateView>> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
