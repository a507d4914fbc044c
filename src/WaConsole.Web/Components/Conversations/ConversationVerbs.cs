using WaConsole.Core.Conversations;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What a person can do to an open conversation, handed to the screen as one thing.</summary>
public sealed class ConversationVerbs(
    ReadConversation read, ListAssignees assignees, AssignConversation assign, ChangeStatus status, MarkConversationRead mark, SendAgain again)
{
    public ReadConversation Read => read;

    public ListAssignees Assignees => assignees;

    public AssignConversation Assign => assign;

    public ChangeStatus Status => status;

    public MarkConversationRead Mark => mark;

    public SendAgain Again => again;
}
