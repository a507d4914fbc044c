using System.Collections.Frozen;
using System.Text;

namespace WaConsole.Core.Policy;

/// <summary>What a message asks of us beyond its conversation.</summary>
public enum HeardWish
{
    None = 0,

    /// <summary>To stop, by a word that means nothing else.</summary>
    Stop = 1,

    /// <summary>To stop, if it answers an offer; said in a support chat it may be an order to cancel.</summary>
    StopIfOffered = 2,

    /// <summary>To hear from us again. It ends a stop and is no consent.</summary>
    Start = 3,

    /// <summary>Words around it: a person decides.</summary>
    LooksLikeStop = 4,

    /// <summary>To stop everything, not only offers.</summary>
    StopAll = 5,

    /// <summary>To hear from us again, if it answers an offer or the confirmation of a stop; else it is a word like any other.</summary>
    StartIfOffered = 6,

    /// <summary>A button of an offer that may mean a stop; elsewhere it is a choice like any other.</summary>
    LooksLikeStopIfOffered = 7,
}

/// <summary>
/// Pure: a message that is nothing but a word to stop or to start. Words that carriers and senders document, and ours for the other
/// languages; WhatsApp itself reserves none. Case, accents, width, punctuation and emoji around it do not matter.
/// </summary>
public static class OptOutWords
{
    private const int Longest = 60;

    private static readonly FrozenSet<string> Stops = Set(
        "stop", "unsubscribe", "quit", "opt out", "optout", "opt-out", "revoke", "stop offers", "stop promotions",
        "parar", "detener", "no mas", "darse de baja", "dar de baja", "darme de baja",
        "descadastrar", "pare", "sair da lista",
        "desabonner", "me desabonner", "stopp", "abmelden", "abbestellen", "disiscrivi", "disiscrivimi", "stoppen", "afmelden", "uitschrijven",
        "rezygnuję", "rezygnuje", "wypisz", "wypisz mnie", "durdur",
        "стоп", "отписаться", "отпишите",
        "रोकें", "रुकें", "बंद करें", "स्टॉप",
        "توقف", "إيقاف", "ايقاف", "إلغاء الاشتراك", "الغاء الاشتراك", "قف", "أوقف", "اوقف",
        "berhenti", "berhenti langganan", "stop promosi", "henti",
        "停止", "退订", "退訂", "配信停止");

    private static readonly FrozenSet<string> StopsAll = Set(
        "stopall", "stop all", "stop everything", "stop todo", "parar todo", "baja total", "stop tudo", "parar tudo", "tout arreter", "arreter tout", "alles stoppen", "alles abbestellen",
        "ferma tutto", "стоп все", "إيقاف الكل", "أوقف الكل", "सब रोकें", "सब बंद करें", "stop semua", "berhenti semua", "全部停止", "停止全部", "すべて停止");

    private static readonly FrozenSet<string> StopsIfOffered = Set(
        "cancel", "end", "remove", "td", "alto", "baja", "cancelar", "sair", "remover", "arrêt", "arret", "annuler", "ende", "annulla", "basta",
        "dur", "iptal", "red", "çık", "отмена", "बंद", "إلغاء", "الغاء", "batal", "取消", "解除");

    private static readonly FrozenSet<string> Starts = Set(
        "start", "unstop", "subscribe", "iniciar", "suscribir", "suscribirme", "voltar", "assinar", "reprendre", "abonner", "anmelden",
        "iscrivi", "iscrivimi", "aanmelden", "zapisz", "zapisz mnie", "başla", "старт", "подписаться", "ابدأ", "اشترك", "शुरू", "शुरू करें",
        "mulai", "mula", "开始", "開始", "订阅", "訂閱", "再開");

    private static readonly FrozenSet<string> StartsIfOffered = Set("alta", "onay");

    /// <summary>What people put beside a word to stop without meaning anything else by it.</summary>
    private static readonly FrozenSet<string> Beside = Set(
        "please", "pls", "plz", "now", "just", "it", "this", "me", "ok", "okay", "thanks", "i", "want", "to", "por", "favor", "ya", "gracias", "quiero", "agora", "ja", "quero", "obrigado",
        "bitte", "danke", "jetzt", "svp", "merci", "per", "favore", "grazie", "lutfen", "пожалуйста", "कृपया", "من", "فضلك", "لو", "سمحت", "tolong", "mohon", "请", "お願いします");

    /// <summary>Where words are not parted by spaces: looked for anywhere.</summary>
    private static readonly string[] AroundUnspaced =
    [
        "不要再发", "不要发", "别再发", "别发", "不想收到", "不想再收", "请停止", "停止发送", "取消订阅", "退订", "拉黑", "不要再發", "不要發", "別再發", "不想再收", "請停止", "取消訂閱", "退訂",
        "送らないで", "送信しないで", "配信を停止", "配信停止", "停止してください", "止めてください", "やめてください", "不要です", "解除してください",
    ];

    private static readonly PhraseSet Around = new(
        "stop sending, stop messaging, stop texting, stop writing, stop spamming, do not message, don't message, dont message, do not text me, don't text me, do not write, "
        + "don't write, unsubscribe me, remove me, take me off, no more messages, no more offers, no more ads, leave me alone, opt me out, want to opt out, like to opt out, please unsubscribe, stop this spam, not interested in offers, "
        + "no me escriban, no me escribas, no me envien, no me envies, no quiero recibir, deja de enviar, dejen de enviar, dame de baja, denme de baja, no mas mensajes, no mas ofertas, borrame, "
        + "pare de enviar, parem de enviar, nao quero receber, nao quero mais receber, nao me mande, nao me mandem, nao envie mais, me tire da lista, me descadastre, chega de mensagens, "
        + "मैसेज मत भेजो, मैसेज मत भेजें, संदेश मत भेजें, मत भेजो, मत भेजिए, मत भेजें, भेजना बंद, "
        + "لا ترسل, لا ترسلوا, لا ترسلي, توقف عن الإرسال, توقفوا عن الإرسال, توقف عن ارسال, أوقفوا الرسائل, اوقفوا الرسائل, لا أريد رسائل, لا اريد رسائل, ألغوا اشتراكي, الغوا اشتراكي, "
        + "jangan kirim, stop kirim, berhenti kirim, berhenti mengirim, tidak mau menerima, hapus nomor saya, jangan hubungi, "
        + "ne m'envoyez plus, n'envoyez plus, arretez de m'envoyer, plus de messages, desabonnez moi, keine nachrichten mehr, keine werbung, nicht mehr schreiben, schreiben sie mir nicht, "
        + "non scrivetemi, non inviatemi, basta messaggi, cancellatemi, geen berichten meer, stuur niets meer, nie wysylajcie, nie piszcie, mesaj gondermeyin, mesaj atmayin, "
        + "не пишите, не присылайте, хватит писать, отпишите меня");

    public static HeardWish Read(string text)
    {
        if (text.Length <= Longest && Folded(text) is { Length: > 0 } whole)
        {
            if (Stops.Contains(whole))
            {
                return HeardWish.Stop;
            }

            if (StopsAll.Contains(whole))
            {
                return HeardWish.StopAll;
            }

            if (StopsIfOffered.Contains(whole))
            {
                return HeardWish.StopIfOffered;
            }

            if (Starts.Contains(whole))
            {
                return HeardWish.Start;
            }

            if (StartsIfOffered.Contains(whole))
            {
                return HeardWish.StartIfOffered;
            }

            if (Bare(whole) is { Length: > 0 } bare && (Stops.Contains(bare) || StopsAll.Contains(bare)))
            {
                return HeardWish.LooksLikeStop;
            }
        }

        var wide = Wide(text);
        return PolicyText.Sentences(wide).Any(sentence => Around.IsIn(sentence.Words)) || Array.Exists(AroundUnspaced, phrase => wide.Contains(phrase, StringComparison.Ordinal))
            ? HeardWish.LooksLikeStop
            : HeardWish.None;
    }

    /// <summary>
    /// What a button says. The business wrote it, so that it need not be the bare word: one that only stops what was sent is a stop in full,
    /// and one that also says something else is for a person to decide.
    /// </summary>
    public static HeardWish ReadLabel(string label)
    {
        var read = Read(label);
        if (read == HeardWish.StopIfOffered)
        {
            // To refuse in Turkish, and a colour in what is offered.
            return Folded(label) == "red" ? HeardWish.LooksLikeStopIfOffered : read;
        }

        if (read is not (HeardWish.None or HeardWish.LooksLikeStop) || label.Length > Longest)
        {
            return read;
        }

        var words = LabelWords.Of(Folded(label));
        return words == HeardWish.None || (words == HeardWish.LooksLikeStopIfOffered && read == HeardWish.LooksLikeStop) ? read : words;
    }

    public static bool IsOne(string text) => Read(text) is HeardWish.Stop or HeardWish.StopAll or HeardWish.StopIfOffered;

    /// <summary>Without the words beside it, and what is said again and again once.</summary>
    private static string Bare(string whole) => string.Join(' ', whole.Split(' ').Where(word => !Beside.Contains(word)).Distinct(StringComparer.Ordinal));

    private static FrozenSet<string> Set(params string[] words) => words.Select(Folded).ToFrozenSet(StringComparer.Ordinal);

    private static string Folded(string text) => string.Join(' ', PolicyText.Words(Wide(text)));

    /// <summary>Full-width letters are letters, and the Turkish i is an i with or without its dot.</summary>
    private static string Wide(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).Replace('ı', 'i');
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair has no normal form.
            return text;
        }
    }
}
