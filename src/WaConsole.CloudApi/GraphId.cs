using System.Buffers;

namespace WaConsole.CloudApi;

/// <summary>Ids become part of an address; one with a slash or dots in it would call something else.</summary>
internal static class GraphId
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:=");

    public static string Check(string id) => id.Length > 0 && !id.AsSpan().ContainsAnyExcept(Allowed)
        ? id
        : throw new ArgumentException("Not an id of the Graph API.", nameof(id));
}
