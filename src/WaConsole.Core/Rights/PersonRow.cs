namespace WaConsole.Core.Rights;

/// <summary>
/// A thing known of a person. The name is one of a fixed few (<see cref="ExportPerson.FactNames"/>); the words for it are beside the screens.
/// The value is a text, a moment, a yes or no, a number, or one of a few (<see cref="ExportPerson.Codes"/>).
/// </summary>
public sealed record PersonFact(string Name, object Value);

/// <summary>One row of a part of what is known: a message, a note, an entry.</summary>
public sealed record PersonRow(string Part, IReadOnlyList<PersonFact> Facts);
