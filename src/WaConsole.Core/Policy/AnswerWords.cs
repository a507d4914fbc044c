namespace WaConsole.Core.Policy;

/// <summary>Pure: whether a button says no, or not now, or to stop. Such a button never stands for a yes.</summary>
public static class AnswerWords
{
    /// <summary>Whole words, in the languages of the console and those that words to stop are known in.</summary>
    private static readonly PhraseSet No = new(
        "no, not, nope, never, dont, don't, decline, refuse, reject, disagree, later, nunca, tampoco, rechazar, rechazo, tarde, não, nao, recusar, recuso, depois, "
        + "non, pas, jamais, refuser, refuse, tard, nein, nicht, nie, keine, kein, keinen, ablehnen, später, spater, mai, rifiuta, rifiuto, dopo, nee, niet, geen, "
        + "nooit, weigeren, nie, odrzuć, odmawiam, hayır, hayir, değil, yok, reddet, sonra, нет, не, никогда, отказаться, отклонить, позже, "
        + "لا, كلا, ليس, أرفض, رفض, لاحقا, नहीं, नही, न, मत, अस्वीकार, बाद, tidak, tak, nggak, enggak, jangan, bukan, tolak, nanti");

    /// <summary>Where words are not parted by spaces: looked for anywhere.</summary>
    private static readonly string[] NoUnspaced = ["不", "否", "拒", "别", "以后再", "いいえ", "いや", "しない", "あとで", "後で", "结构です", "結構です"];

    public static bool Refuses(string label) =>
        OptOutWords.ReadLabel(label) is not (HeardWish.None or HeardWish.Start or HeardWish.StartIfOffered)
        || No.IsIn(PolicyText.Words(label))
        || Array.Exists(NoUnspaced, word => label.Contains(word, StringComparison.Ordinal));
}
