using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.Core.Contacts;

/// <summary>Everything about a merge that is not a moved row, see ContactMerge.</summary>
internal sealed record MergeSnapshot(
    JsonObject StaysBefore,
    JsonObject GoesBefore,
    JsonObject StaysAfter,
    IReadOnlyList<long> IdentifiersOfGoes,
    IReadOnlyList<MovedThread> Moved,
    IReadOnlyList<JoinedThread> Joined,
    BelongingsOf Stays,
    BelongingsOf Goes,
    IReadOnlyList<long>? SubjectsOfGoes = null)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static MergeSnapshot Read(string json) => JsonSerializer.Deserialize<MergeSnapshot>(json)!;
}

/// <summary>What hangs on a person besides threads and notes.</summary>
internal sealed record BelongingsOf(
    IReadOnlyList<long> Labels, IReadOnlyDictionary<long, string> Fields, IReadOnlyList<JsonObject> Blocks);

/// <summary>A thread that only changed hands: the other person had none with its number.</summary>
internal sealed record MovedThread(long ConversationId);

/// <summary>Two threads that became one.</summary>
internal sealed record JoinedThread(
    long StaysId,
    long GoesId,
    JsonObject StaysBefore,
    JsonObject GoesBefore,
    JsonObject StaysAfter,
    IReadOnlyList<long> LabelsOfStays,
    IReadOnlyList<long> LabelsOfGoes,
    IReadOnlyList<JsonObject> DraftsOfStays,
    IReadOnlyList<JsonObject> DraftsOfGoes,
    IReadOnlyList<JsonObject> DraftsAfter,
    IReadOnlyList<long>? PeopleOfGoes = null,
    IReadOnlyList<long>? PeopleOfStays = null);
