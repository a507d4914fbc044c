using System.Globalization;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Media;
using WaConsole.Core.Window;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>
/// A year of traffic, told in the order it happened: sessions of a few messages, more of them towards the end. The rows of conversations
/// and contacts follow from the messages, so <see cref="Messages"/> is read first and to its end.
/// </summary>
internal sealed class SeedWorld(int conversations, int messages, SeedTeam team, DateTime endUtc)
{
    private const int Sessions = 600;
    private const int RevivedPercent = 8;
    private const int MediaPercent = 1;
    private const int ReactionPercent = 1;
    private const double Growth = 0.6;

    /// <summary>Share of each number, of a hundred; the rest is the last one's.</summary>
    private static readonly int[] NumberShares = [50, 25, 12, 7, 4];

    /// <summary>Each stands on one conversation in so many.</summary>
    private static readonly (string Name, int OneIn)[] Labelled = [("Frequent", 10), ("Occasional", 200), ("Rare", 20_000)];

    private static readonly string[] Prefixes = ["4917", "5511", "9198", "2010", "4477", "3934", "8613", "7916", "9725", "5255", "1415", "3366"];
    private static readonly TimeSpan Span = TimeSpan.FromDays(365);

    private readonly SeedWords _words = new();
    private readonly Line[] _lines = new Line[conversations];
    private readonly List<MediaFile> _media = [];
    private readonly List<Reaction> _reactions = [];

    public IEnumerable<Message> Messages()
    {
        var random = new Random(11);
        var sessions = new int[Sessions];
        var begun = 0;
        for (var at = 0; at < messages; at++)
        {
            var due = (long)at * conversations / messages >= begun && begun < conversations;
            var slot = random.Next(Math.Min(Sessions, begun + 1));
            var conversation = due ? begun++ : random.Next(100) < RevivedPercent ? Old(random, begun) : sessions[slot];
            sessions[slot] = conversation;
            var atUtc = endUtc - Span + Span * Math.Pow((at + 1.0) / messages, Growth);
            yield return Next(random, at + 1, conversation, atUtc);
        }
    }

    public IEnumerable<Conversation> Conversations()
    {
        var random = new Random(13);
        for (var at = 0; at < conversations; at++)
        {
            var line = _lines[at];
            var age = endUtc - line.AtUtc;
            var status = Status(random, age);
            var waits = line.Inbound && status != ConversationStatus.Resolved && random.Next(10) < 7;
            var unread = line.Inbound && (status == ConversationStatus.Resolved ? random.Next(100) == 0 : random.Next(10) < 6) ? line.Trailing : 0;
            yield return new Conversation
            {
                Id = at + 1,
                ContactId = at + 1,
                NumberId = NumberOf(at),
                Status = status,
                SnoozedUntilUtc = status == ConversationStatus.Snoozed ? endUtc.AddHours(1 + random.Next(72)) : null,
                AssigneeId = random.Next(10) < (status == ConversationStatus.Resolved ? 7 : 6) ? AgentOf(random) : null,
                UnreadCount = unread,
                FirstUnreadMessageId = unread > 0 ? line.TrailingFirst : null,
                LastActivityAtUtc = line.AtUtc,
                LastMessageId = line.Last,
                LastPreview = Preview.Of(line.Text ?? ""),
                LastKind = line.Kind,
                LastDirection = line.Inbound ? MessageDirection.Inbound : MessageDirection.Outbound,
                LastStatus = line.Inbound ? DeliveryStatus.None : DeliveryStatus.Read,
                WaitingSinceUtc = waits ? line.TrailingAtUtc : null,
                WindowOpenedAtUtc = line.FromCustomerAtUtc,
                WindowExpiresAtUtc = line.FromCustomerAtUtc is { } opened ? ServiceWindow.ExpiresAt(opened) : null,
                WindowExpiryAnnounced = !(line.FromCustomerAtUtc is { } still && ServiceWindow.ExpiresAt(still) > endUtc),
                CreatedAtUtc = line.BeganAtUtc,
            };
        }
    }

    public IEnumerable<Contact> Contacts()
    {
        var random = new Random(17);
        for (var at = 0; at < conversations; at++)
        {
            var name = SeedWords.Name(random);
            var hidden = HidesPhone(at);
            var contact = new Contact
            {
                Id = at + 1,
                ProfileName = name,
                Phone = hidden ? null : PhoneOf(at),
                UserId = hidden ? UserIdOf(at) : null,
                Username = hidden ? string.Create(CultureInfo.InvariantCulture, $"user.{at:x}") : null,
                Country = hidden ? null : "DE",
                OptedOutAtUtc = random.Next(50) == 0 ? _lines[at].AtUtc : null,
                CreatedAtUtc = _lines[at].BeganAtUtc,
            };
            contact.SearchText = ContactSearchText.Of(contact);
            yield return contact;
        }
    }

    public IEnumerable<ContactIdentifier> Identifiers()
    {
        for (var at = 0; at < conversations; at++)
        {
            var hidden = HidesPhone(at);
            var value = hidden ? UserIdOf(at) : PhoneOf(at);
            yield return new ContactIdentifier
            {
                Id = at + 1,
                ContactId = at + 1,
                Kind = hidden ? IdentifierKind.UserId : IdentifierKind.Phone,
                Value = value,
                MatchKey = hidden ? value : PhoneMatchKey.Of(value),
                Scope = hidden ? "700000000000001" : "",
                FirstSeenAtUtc = _lines[at].BeganAtUtc,
                LastSeenAtUtc = _lines[at].AtUtc,
            };
        }
    }

    public IEnumerable<MediaFile> MediaFiles() => _media;

    public IEnumerable<Label> Labels() => Labelled.Select((label, at) => new Label
    {
        Id = at + 1,
        Name = label.Name,
        NameKey = label.Name.ToLowerInvariant(),
        Colour = (LabelColour)(at + 1),
        CreatedAtUtc = endUtc,
    });

    public IEnumerable<ConversationLabel> ConversationLabels() =>
        from label in Enumerable.Range(0, Labelled.Length)
        from conversation in Enumerable.Range(1, conversations)
        where conversation % Labelled[label].OneIn == label
        select new ConversationLabel { LabelId = label + 1, ConversationId = conversation };

    public IEnumerable<Reaction> Reactions() => _reactions;

    private Message Next(Random random, long id, int conversation, DateTime atUtc)
    {
        ref var line = ref _lines[conversation];
        if (line.Last == 0)
        {
            line.BeganAtUtc = atUtc;
        }

        var inbound = line.Last == 0 ? random.Next(10) < 8 : line.Inbound ? random.Next(10) < 3 : random.Next(10) < 7;
        var text = _words.Line(random);
        var kind = random.Next(100) < MediaPercent ? MessageKind.Image : MessageKind.Text;
        Follow(ref line, id, inbound, text, kind, atUtc);
        if (random.Next(100) < ReactionPercent)
        {
            _reactions.Add(new Reaction { Id = _reactions.Count + 1, MessageId = id, FromCustomer = !inbound, Emoji = "👍", AtUtc = atUtc });
        }

        var wamid = WamidOf(id);
        return new Message
        {
            Id = id,
            ConversationId = conversation + 1,
            NumberId = NumberOf(conversation),
            Direction = inbound ? MessageDirection.Inbound : MessageDirection.Outbound,
            Kind = kind,
            Wamid = wamid,
            ClientKey = inbound ? null : KeyOf(id),
            Text = text,
            RawJson = inbound ? Raw(conversation, wamid, text, atUtc) : null,
            MediaFileId = kind == MessageKind.Image ? Picture(conversation, atUtc) : null,
            Status = inbound ? DeliveryStatus.None : random.Next(50) switch { 0 => DeliveryStatus.Failed, < 8 => DeliveryStatus.Delivered, _ => DeliveryStatus.Read },
            StatusAtUtc = inbound ? null : atUtc.AddSeconds(random.Next(1, 600)),
            SentAtUtc = atUtc,
            CreatedAtUtc = atUtc,
            AuthorId = inbound ? null : team.Agents[conversation % team.Agents.Count],
            AuthorName = inbound ? null : "Ana Marković",
            ReplyToMessageId = line.Before > 0 && random.Next(40) == 0 ? line.Before : null,
        };
    }

    private static void Follow(ref Line line, long id, bool inbound, string text, MessageKind kind, DateTime atUtc)
    {
        if (inbound)
        {
            if (!line.Inbound || line.Last == 0)
            {
                (line.Trailing, line.TrailingFirst, line.TrailingAtUtc) = (0, id, atUtc);
            }

            line.Trailing++;
            line.FromCustomerAtUtc = atUtc;
        }

        (line.Before, line.Last, line.Inbound, line.Text, line.Kind, line.AtUtc) = (line.Last, id, inbound, text, kind, atUtc);
    }

    private long Picture(int conversation, DateTime atUtc)
    {
        var id = _media.Count + 1;
        _media.Add(new MediaFile
        {
            Id = id,
            Key = KeyOf(-id),
            State = MediaState.Ready,
            ConversationId = conversation + 1,
            NumberId = NumberOf(conversation),
            MimeType = "image/jpeg",
            SizeBytes = 48_000,
            FileName = "picture.jpg",
            Width = 1200,
            Height = 900,
            NextAttemptAtUtc = atUtc,
            CreatedAtUtc = atUtc,
        });
        return id;
    }

    private static ConversationStatus Status(Random random, TimeSpan age)
    {
        var draw = random.Next(100);
        return age < TimeSpan.FromDays(2)
            ? draw switch { < 70 => ConversationStatus.Open, < 80 => ConversationStatus.Pending, < 83 => ConversationStatus.Snoozed, _ => ConversationStatus.Resolved }
            : draw switch { < 5 => ConversationStatus.Open, < 7 => ConversationStatus.Pending, < 8 => ConversationStatus.Snoozed, _ => ConversationStatus.Resolved };
    }

    /// <summary>Customers who came lately write again more often.</summary>
    private static int Old(Random random, int begun) => begun - 1 - (int)((begun - 1) * random.NextDouble() * random.NextDouble());

    private long NumberOf(int conversation)
    {
        var draw = (int)(unchecked((uint)conversation * 2_654_435_761u) >> 8) % 100;
        for (var at = 0; at < NumberShares.Length; at++)
        {
            draw -= NumberShares[at];
            if (draw < 0)
            {
                return team.Numbers[at];
            }
        }

        return team.Numbers[^1];
    }

    /// <summary>The first agents carry more than the last.</summary>
    private long AgentOf(Random random) => team.Agents[(int)(team.Agents.Count * random.NextDouble() * Math.Sqrt(random.NextDouble()))];

    private static bool HidesPhone(int conversation) => conversation % 10 == 7;

    private static string PhoneOf(int conversation) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefixes[conversation % Prefixes.Length]}{10_000_000 + conversation}");

    private static string UserIdOf(int conversation) => string.Create(CultureInfo.InvariantCulture, $"DE.{100_000_000_000 + conversation}");

    private static string WamidOf(long id) => string.Create(CultureInfo.InvariantCulture, $"wamid.HBgMNDkxNzEwMDAwMDAwFQIAEhgU{unchecked((ulong)id * 0x9E3779B97F4A7C15):X16}{id:X8}AA==");

    private static Guid KeyOf(long id) => new((int)(id >> 32), (short)(id >> 16), (short)id, BitConverter.GetBytes(unchecked((ulong)id * 0xD6E8FEB86659FD93)));

    private static string Raw(int conversation, string wamid, string text, DateTime atUtc) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"from":"{{PhoneOf(conversation)}}","id":"{{wamid}}","timestamp":"{{new DateTimeOffset(atUtc).ToUnixTimeSeconds()}}","type":"text","text":{"body":"{{text}}"} }""");

    private struct Line
    {
        public long Last;
        public long Before;
        public long TrailingFirst;
        public int Trailing;
        public bool Inbound;
        public MessageKind Kind;
        public string? Text;
        public DateTime AtUtc;
        public DateTime BeganAtUtc;
        public DateTime TrailingAtUtc;
        public DateTime? FromCustomerAtUtc;
    }
}
