namespace WaConsole.Core.Media;

public enum SoundState
{
    /// <summary>Waiting to be measured and copied.</summary>
    Waiting = 0,
    Ready = 1,

    /// <summary>Given up: the bytes hold no sound that can be read.</summary>
    Failed = 2,
}

/// <summary>What is known of a file's sound, and the copy of it that every browser plays. The rows are the queue of the work.</summary>
internal sealed class Sound
{
    public long MediaFileId { get; set; }

    public SoundState State { get; set; }

    /// <summary>Loudness over time, see Loudness.</summary>
    public string? Peaks { get; set; }

    public int? Milliseconds { get; set; }

    /// <summary>Name of the MP4 with AAC on disk; null where browsers play the file itself.</summary>
    public Guid? CopyKey { get; set; }

    public long? CopyBytes { get; set; }

    public int Attempts { get; set; }

    public DateTime NextAttemptAtUtc { get; set; }

    public DateTime? LeasedUntilUtc { get; set; }

    public static Sound? For(string mimeType, DateTime nowUtc) =>
        mimeType.StartsWith("audio/", StringComparison.Ordinal) ? new Sound { NextAttemptAtUtc = nowUtc } : null;
}
