using Microsoft.AspNetCore.Components;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Capture;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What a template's variables can be filled with in one conversation: what is known of the customer, and their own way out.</summary>
public sealed class KnownWords(ReadContactWords contact, MakeOptOutToken optOut, NavigationManager navigation)
{
    /// <summary>The whole address, for a text.</summary>
    public const string OptOutLink = "opt_out_link";

    /// <summary>Its end alone, for a button whose address ends in /opt-out/{{1}}.</summary>
    public const string OptOutEnd = "opt_out";

    public async Task<IReadOnlyList<ContactWord>> ReadAsync(Caller caller, long conversationId, long contactId, CancellationToken cancellationToken)
    {
        var words = await contact.RunAsync(caller, conversationId, cancellationToken) ?? [];
        return await optOut.RunAsync(caller, contactId, cancellationToken) is { } token
            ? [.. words, new ContactWord(OptOutLink, $"{navigation.BaseUri}opt-out/{token}"), new ContactWord(OptOutEnd, token)]
            : words;
    }
}
