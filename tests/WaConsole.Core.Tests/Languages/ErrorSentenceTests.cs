using System.Globalization;
using WaConsole.CloudApi;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Tests.Languages;

public sealed class ErrorSentenceTests
{
    [Fact]
    public void Every_sentence_of_the_error_book_is_there_in_another_language()
    {
        var codes = ErrorBook.All.Select(entry => entry.Code).Append(250).Append(987_654).ToList();

        Assert.All(codes, code => Assert.Equal(ErrorBook.Find(code).AgentHint, In("en", code)));
        Assert.All(codes, code => Assert.NotEqual(ErrorBook.Find(code).AgentHint, In("id", code)));
        Assert.StartsWith("Jendela balasan 24 jam tertutup.", In("id", 131047), StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_the_sentences_for_codes_the_book_does_not_know()
    {
        Assert.All(
            [Unlisted(400, false), Unlisted(429, false), Unlisted(503, false), Unlisted(400, true)],
            error => Assert.NotEqual(ErrorBook.Find(error).AgentHint, Within("id", () => ErrorSentence.Of(error))));
    }

    private static CloudApiError Unlisted(int httpStatus, bool transient) => new(987_654, HttpStatus: httpStatus, IsTransient: transient);

    private static string In(string language, int code) => Within(language, () => ErrorSentence.Of(code));

    private static string Within(string language, Func<string> read)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
