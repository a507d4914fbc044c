using System.Security.Cryptography;
using System.Text;

namespace WaConsole.Core.Consent;

/// <summary>Pure: the seal over every column of an entry, and over its place in the chain.</summary>
internal static class EntryMac
{
    /// <summary>How entries are written down for their MAC. Rows of form 0, from before it was named, begin with the subject; from form 2 on the
    /// sealed part holds the hash of the file it names, from form 3 on the marks it set or ended are named.</summary>
    public const int Form = 3;

    public const int FormWithMarks = 3;

    public static byte[] Of(byte[] key, ConsentEntry entry) => HMACSHA256.HashData(key, Canonical(entry));

    public static byte[] OfLink(byte[] key, byte[] before, long sequence, long entryId, byte[] entryMac) =>
        Hash(key, [.. "link"u8, .. before, .. BitConverter.GetBytes(sequence), .. BitConverter.GetBytes(entryId), .. entryMac]);

    /// <summary>What the database keeps of a time: PostgreSQL stores whole microseconds.</summary>
    public static DateTime Kept(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static byte[] Hash(byte[] key, byte[] bytes) => HMACSHA256.HashData(key, bytes);

    /// <summary>Every value with its length, so that no two rows read the same.</summary>
    private static byte[] Canonical(ConsentEntry entry)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        if (entry.Form > 0)
        {
            writer.Write(entry.Form);
        }

        writer.Write(entry.SubjectId);
        writer.Write((int)entry.Purpose);
        writer.Write((int)entry.Action);
        writer.Write((int)entry.Source);
        writer.Write(Kept(entry.AtUtc).Ticks);
        Text(entry.TimeZone);
        writer.Write(Kept(entry.RecordedAtUtc).Ticks);
        Text(entry.BusinessName);
        writer.Write(entry.NumberId ?? -1);
        writer.Write(entry.WordingId ?? -1);
        writer.Write(entry.WordingVersion ?? -1);
        Text(entry.WordingLanguage);
        Text(entry.WordingHash);
        Text(entry.PrivacyVersion);
        writer.Write(entry.Basis is { } basis ? (int)basis : 0);
        Text(entry.Jurisdiction);
        writer.Write(entry.ExpiresAtUtc is { } expires ? Kept(expires).Ticks : -1);
        writer.Write(entry.Complete);
        writer.Write(entry.ActorId ?? -1);
        Text(entry.ActorName);
        writer.Write(entry.AskKey is not null);
        writer.Write((entry.AskKey ?? Guid.Empty).ToByteArray());
        writer.Write(entry.AnswersEntryId ?? -1);
        writer.Write(entry.Sealed.Length);
        writer.Write(entry.Sealed);
        if (entry.Form >= FormWithMarks || entry.Marks is not null)
        {
            writer.Write(entry.Marks is not null);
            writer.Write(entry.Marks?.Length ?? 0);
            writer.Write(entry.Marks ?? []);
        }

        writer.Flush();
        return bytes.ToArray();

        void Text(string? value)
        {
            writer.Write(value is not null);
            writer.Write(value ?? "");
        }
    }
}
