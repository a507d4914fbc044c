namespace WaConsole.CloudApi;

/// <summary>Decides what became of a message from an answer that was not a success.</summary>
internal static class SendFateRules
{
    /// <summary>
    /// Meta's throttling and maintenance codes say that nothing was sent, also where they come with a 500
    /// (131057 does). Any other 5xx leaves it open, and so do the codes the error book marks.
    /// </summary>
    public static SendFate After(CloudApiError error) => error.Code switch
    {
        4 or 80007 or 130429 or 131056 or 131057 => SendFate.NotSent,
        _ when error.HttpStatus >= 500 => SendFate.MaybeSent,
        _ when ErrorBook.Find(error.Code).MaybeSent => SendFate.MaybeSent,
        _ => SendFate.NotSent,
    };
}
