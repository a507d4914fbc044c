using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Notifications;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What a person can do to an open conversation, handed to the screen as one thing.</summary>
public sealed class ConversationVerbs(
    ReadConversation read,
    ListAssignees assignees,
    AssignConversation assign,
    ChangeStatus status,
    MarkConversationRead mark,
    SendAgain again,
    ListLabels labels,
    LabelConversation label,
    ChangeParticipant participant,
    MarkNotificationsRead told,
    UndoSend undo,
    ReactToMessage react)
{
    public ReadConversation Read => read;

    public ListAssignees Assignees => assignees;

    public AssignConversation Assign => assign;

    public ChangeStatus Status => status;

    public MarkConversationRead Mark => mark;

    public SendAgain Again => again;

    public ListLabels Labels => labels;

    public LabelConversation Label => label;

    public ChangeParticipant Participant => participant;

    public MarkNotificationsRead Told => told;

    public UndoSend Undo => undo;

    public ReactToMessage React => react;
}
