using System.Globalization;
using System.Text;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>
/// Names in many scripts and texts whose words are distributed as words are: a few in every third line, some in one of thousands, many
/// nearly never. The same seed writes the same texts.
/// </summary>
internal sealed class SeedWords
{
    private const int MadeUp = 60_000;
    private const int Drawn = 1 << 20;
    private const double Zipf = 1.02;

    private static readonly string[] Everyday =
    [
        "the", "is", "my", "order", "please", "you", "to", "thanks", "it", "delivery", "for", "can", "hello", "when", "in", "and", "not", "yes", "we",
        "have", "on", "que", "obrigado", "pedido", "today", "your", "will", "be", "de", "tomorrow", "ok", "number", "address", "with", "of", "gracias",
        "bitte", "danke", "this", "was", "but", "size", "color", "price", "send", "help", "there", "good", "morning", "available", "still", "return",
        "refund", "invoice", "payment", "card", "store", "open", "hours", "when's", "hola", "buenos", "días", "cuándo", "llega", "mi", "envío", "quero",
        "saber", "onde", "está", "meu", "não", "chegou", "Lieferung", "Bestellung", "wann", "kommt", "schöne", "Grüße", "नमस्ते", "मेरा", "ऑर्डर", "कहाँ",
        "है", "धन्यवाद", "مرحبا", "طلبي", "أين", "شكرا", "متى", "التوصيل", "привет", "заказ", "где", "спасибо", "когда", "доставка", "你好", "谢谢",
        "订单", "您的包裹", "שלום", "תודה", "ההזמנה", "สวัสดี", "ขอบคุณ", "merhaba", "sipariş", "teşekkürler", "bonjour", "commande", "merci", "livraison",
        "colis", "ciao", "ordine", "grazie", "spedizione", "boots", "jacket", "lamp", "chair", "table", "oak", "walnut", "ceramic", "vase", "blanket",
        "cushion", "shelf", "mirror", "candle", "carpet", "broken", "missing", "wrong", "late", "early", "exchange", "voucher", "discount", "code",
        "warranty", "repair", "manual", "assembly", "screws", "courier", "pickup", "tracking", "customs", "gift", "wrap", "receipt", "subscription",
        "cancel", "change", "appointment", "confirm", "reschedule", "weekend", "Friday", "Monday", "evening", "afternoon", "photo", "picture", "attached",
        "sorry", "problem", "again", "already", "waiting", "urgent", "soon", "possible", "question", "colour", "blue", "green", "red", "black", "white",
    ];

    private static readonly string[] Syllables =
    [
        "ba", "bel", "bri", "ca", "cor", "dan", "del", "dri", "el", "en", "fa", "fen", "gar", "gi", "hal", "hi", "in", "ja", "jor", "ka", "kel", "la",
        "len", "lo", "mar", "mi", "mon", "na", "nel", "no", "or", "pa", "per", "qui", "ra", "ren", "ri", "sa", "sel", "sho", "ta", "tel", "tri", "ul",
        "va", "ver", "wi", "xan", "ya", "zor",
    ];

    private static readonly (string[] Given, string[] Family)[] Scripts =
    [
        (["Amina", "Rafael", "Sofía", "João", "Lukas", "Zoë", "Chloé", "Ingrid", "Tomás", "Agnieszka", "Björn", "Léa", "Mateo", "Nuria", "Oskar", "Élodie"],
            ["Said", "Prado", "García", "Müller", "Kowalska", "Lindqvist", "O'Brien", "dos Santos", "Nguyễn", "Özdemir", "Novák", "Papadaki", "Bianchi", "Dubois"]),
        (["أمينة", "يوسف", "فاطمة", "عمر", "ليلى", "خالد"], ["الحداد", "النجار", "المصري", "السعيد", "العلي"]),
        (["प्रिया", "अर्जुन", "सीता", "रोहन", "अनिता", "विकास"], ["शर्मा", "गुप्ता", "नायर", "सिंह", "पटेल"]),
        (["Анна", "Иван", "Ольга", "Дмитрий", "Мария"], ["Иванова", "Петров", "Соколов", "Ковальчук", "Бондаренко"]),
        (["伟", "芳", "娜", "敏", "静"], ["王", "李", "张", "刘", "陈"]),
        (["さくら", "健", "美咲", "蓮"], ["佐藤", "鈴木", "高橋", "田中"]),
        (["Ελένη", "Γιώργος", "Μαρία"], ["Παπαδοπούλου", "Νικολάου", "Γεωργίου"]),
        (["יעל", "דוד", "נועה"], ["כהן", "לוי", "מזרחי"]),
        (["สมชาย", "มาลี", "วิชัย"], ["ใจดี", "สุขสันต์", "ทองดี"]),
    ];

    private readonly string[] _words;
    private readonly int[] _draw = new int[Drawn];
    private readonly StringBuilder _text = new();

    public SeedWords()
    {
        var random = new Random(7);
        var words = new HashSet<string>(Everyday, StringComparer.Ordinal);
        var all = new List<string>(words);
        while (all.Count < MadeUp)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => Syllables[random.Next(Syllables.Length)]));
            if (words.Add(word))
            {
                all.Add(word);
            }
        }

        _words = [.. all];
        Fill(_words.Length);
    }

    public string Line(Random random)
    {
        _text.Clear();
        var count = 2 + (int)(random.NextDouble() * random.NextDouble() * 18);
        for (var at = 0; at < count; at++)
        {
            if (at > 0)
            {
                _text.Append(' ');
            }

            _text.Append(_words[_draw[random.Next(Drawn)]]);
        }

        if (random.Next(8) == 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $" AO-{random.Next(1_000_000, 10_000_000)}");
        }

        _text.Append(random.Next(4) switch { 0 => "?", 1 => ".", 2 => " 🙂", _ => "" });
        return _text.ToString();
    }

    public static string Name(Random random)
    {
        var (given, family) = Scripts[random.Next(10) < 6 ? 0 : random.Next(1, Scripts.Length)];
        return $"{given[random.Next(given.Length)]} {family[random.Next(family.Length)]}";
    }

    /// <summary>The word of a rank, 0 the most frequent.</summary>
    public string OfRank(int rank) => _words[rank];

    private void Fill(int words)
    {
        var weights = new double[words];
        for (var rank = 0; rank < words; rank++)
        {
            weights[rank] = 1 / Math.Pow(rank + 3, Zipf);
        }

        var (total, word, upTo) = (weights.Sum(), 0, weights[0]);
        for (var at = 0; at < Drawn; at++)
        {
            while (upTo / total < (at + 0.5) / Drawn && word < words - 1)
            {
                upTo += weights[++word];
            }

            _draw[at] = word;
        }
    }
}
