using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

public abstract record GateVerdict
{
    private GateVerdict()
    {
    }

    public sealed record Allowed : GateVerdict;

    public sealed record Refused(Refusal Why) : GateVerdict;

    public sealed record NoSuchConversation : GateVerdict;
}

/// <summary>Asks the gate while somebody composes, by the same rules as when they send. Nothing is written and nothing may be sent by it.</summary>
public sealed class AskGate
{
    private readonly Store _store;
    private readonly SendGate _gate;

    internal AskGate(Store store, SendGate gate) => (_store, _gate) = (store, gate);

    public async Task<GateVerdict> RunAsync(Caller caller, long conversationId, ReplyContent content, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await FindAsync(db, caller, conversationId, cancellationToken) is not { } conversation)
        {
            return new GateVerdict.NoSuchConversation();
        }

        var answers = await _gate.PreviewAsync(db, caller, [Question(caller, conversation, content)], cancellationToken);
        return answers[0] is { } refusal ? new GateVerdict.Refused(refusal) : new GateVerdict.Allowed();
    }

    /// <summary>For a list to choose from: before anything is filled in.</summary>
    /// <returns>Those that may not be sent, by the template's id.</returns>
    public async Task<IReadOnlyDictionary<long, Refusal>> AboutTemplatesAsync(
        Caller caller, long conversationId, IReadOnlyList<TemplateView> templates, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        if (templates.Count == 0 || await FindAsync(db, caller, conversationId, cancellationToken) is not { } conversation)
        {
            return new Dictionary<long, Refusal>();
        }

        var questions = templates
            .Select(template => Question(caller, conversation, new ReplyContent.Template(template.Name, template.Language, TemplateValues.None)) with
            {
                WithoutValues = true,
            })
            .ToList();
        var answers = await _gate.PreviewAsync(db, caller, questions, cancellationToken);
        return templates.Zip(answers).Where(pair => pair.Second is not null).DistinctBy(pair => pair.First.Id)
            .ToDictionary(pair => pair.First.Id, pair => pair.Second!);
    }

    private static async Task<Conversation?> FindAsync(WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var conversation = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        return conversation is not null && caller.MaySeeNumber(conversation.NumberId) ? conversation : null;
    }

    private static GateQuestion Question(Caller caller, Conversation conversation, ReplyContent content) =>
        new(conversation, Guid.CreateVersion7(), content) { Lane = caller.AgentId is null ? OutboxLane.Automation : OutboxLane.Agent };
}
