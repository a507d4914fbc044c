namespace WaConsole.Web.Hosting;

/// <summary>Names the resource file with the words of the commands.</summary>
public sealed class CommandText;
