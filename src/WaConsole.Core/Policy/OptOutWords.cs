using System.Collections.Frozen;

namespace WaConsole.Core.Policy;

/// <summary>
/// Pure: a message that is nothing but a word to stop. Words that carriers and senders document, and ours for the other languages;
/// WhatsApp itself reserves none.
/// </summary>
public static class OptOutWords
{
    private static readonly FrozenSet<string> Words = ((string[])
    [
        "stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "opt out", "optout", "opt-out", "revoke", "remove", "stop offers", "stop promotions",
        "alto", "parar", "baja", "cancelar", "detener", "no mas", "darse de baja", "dar de baja",
        "sair", "remover", "descadastrar", "pare",
        "रोकें", "बंद", "बंद करें", "रुकें",
        "توقف", "إيقاف", "إلغاء", "ايقاف", "الغاء", "إلغاء الاشتراك", "قف",
        "berhenti", "batal", "berhenti langganan", "stop promosi",
        "arret", "desabonner", "annuler", "stopp", "abmelden", "abbestellen", "ende", "annulla", "disiscrivi", "basta", "stoppen", "afmelden",
        "rezygnuje", "wypisz", "dur", "iptal", "стоп", "отписаться", "отмена", "停止", "退订", "取消", "配信停止", "解除",
    ]).Select(word => string.Join(' ', PolicyText.Words(word))).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsOne(string text) => text.Length <= 60 && Words.Contains(string.Join(' ', PolicyText.Words(text)));
}
