namespace WaConsole.Web.Components.Conversations;

/// <summary>Names the resource file with the words of pictures, sounds and files.</summary>
public sealed class MediaTexts;
