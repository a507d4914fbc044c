namespace WaConsole.CloudApi.Tests.Errors;

public sealed class ErrorBookTests
{
    [Theory]
    [InlineData(131047, ErrorRetry.Window, false)]
    [InlineData(131026, ErrorRetry.Never, false)]
    [InlineData(190, ErrorRetry.Fix, false)]
    [InlineData(130429, ErrorRetry.Backoff, false)]
    [InlineData(131000, ErrorRetry.Backoff, true)]
    [InlineData(131016, ErrorRetry.Backoff, true)]
    public void A_known_code_says_what_to_do(int code, ErrorRetry retry, bool maybeSent)
    {
        var entry = ErrorBook.Find(code);

        Assert.Equal(code, entry.Code);
        Assert.Equal(retry, entry.Retry);
        Assert.Equal(maybeSent, entry.MaybeSent);
    }

    [Fact]
    public void Every_entry_has_words_for_administrator_and_agent()
    {
        Assert.True(ErrorBook.All.Count > 150);
        Assert.All(ErrorBook.All, entry =>
        {
            Assert.NotEmpty(entry.Title);
            Assert.NotEmpty(entry.Meaning);
            Assert.NotEmpty(entry.AgentHint);
        });
    }

    [Fact]
    public void Only_four_codes_leave_open_whether_the_message_is_out() => Assert.Equal(
        [1, 2, 131000, 131016], ErrorBook.All.Where(entry => entry.MaybeSent).Select(entry => entry.Code).Order());

    [Theory]
    [InlineData(ErrorRetry.Never)]
    [InlineData(ErrorRetry.Backoff)]
    [InlineData(ErrorRetry.Fix)]
    [InlineData(ErrorRetry.Window)]
    public void What_an_agent_reads_is_a_sentence_without_codes(ErrorRetry retry)
    {
        var entries = ErrorBook.All.Where(entry => entry.Retry == retry).ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Matches(@"^[A-Z][^{}]+\.$", entry.AgentHint));
        Assert.All(entries, entry => Assert.DoesNotMatch(@"\d{4,}", entry.AgentHint));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(299)]
    public void The_permission_range_is_one_entry(int code)
    {
        var entry = ErrorBook.Find(code);

        Assert.Equal(code, entry.Code);
        Assert.Equal(ErrorBook.Find(200).AgentHint, entry.AgentHint);
        Assert.Equal(ErrorScope.Account, ErrorBook.ScopeOf(code));
    }

    [Theory]
    [InlineData(987654)]
    [InlineData(300)]
    [InlineData(CloudApiError.NoCode)]
    [InlineData(int.MinValue)]
    public void An_unlisted_code_still_has_an_entry(int code)
    {
        var entry = ErrorBook.Find(code);

        Assert.Equal(code, entry.Code);
        Assert.Equal(ErrorRetry.Fix, entry.Retry);
        Assert.NotEmpty(entry.AgentHint);
        Assert.Equal(ErrorScope.Message, ErrorBook.ScopeOf(code));
    }

    [Fact]
    public void An_unlisted_code_is_judged_by_its_HTTP_status()
    {
        var unlisted = new CloudApiError(987654);

        Assert.Equal(ErrorRetry.Fix, ErrorBook.Find(unlisted with { HttpStatus = 400 }).Retry);
        Assert.Equal(ErrorRetry.Backoff, ErrorBook.Find(unlisted with { HttpStatus = 429 }).Retry);
        Assert.False(ErrorBook.Find(unlisted with { HttpStatus = 429 }).MaybeSent);
        Assert.Equal(ErrorRetry.Backoff, ErrorBook.Find(unlisted with { HttpStatus = 400, IsTransient = true }).Retry);
        Assert.True(ErrorBook.Find(unlisted with { HttpStatus = 500 }).MaybeSent);
        Assert.Equal(ErrorRetry.Window, ErrorBook.Find(new CloudApiError(131047, HttpStatus: 500)).Retry);
    }

    [Theory]
    [InlineData(131047, ErrorScope.Message)]
    [InlineData(100, ErrorScope.Message)]
    [InlineData(130429, ErrorScope.Message)]
    [InlineData(131050, ErrorScope.Recipient)]
    [InlineData(131056, ErrorScope.Recipient)]
    [InlineData(132001, ErrorScope.Template)]
    [InlineData(132015, ErrorScope.Template)]
    [InlineData(133010, ErrorScope.Number)]
    [InlineData(33, ErrorScope.Number)]
    [InlineData(0, ErrorScope.Account)]
    [InlineData(190, ErrorScope.Account)]
    [InlineData(131042, ErrorScope.Account)]
    public void A_code_says_what_it_stops(int code, ErrorScope scope) => Assert.Equal(scope, ErrorBook.ScopeOf(code));
}
