using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace WaConsole.Benchmarks.Agents;

/// <summary>Signs in as a browser does: gets the form, sends it back with its hidden fields, keeps the cookies.</summary>
internal static partial class SignInForm
{
    /// <param name="from">An address of this machine. The console lets each address sign in thirty times a minute, and people have one each.</param>
    public static async Task<CookieContainer> SubmitAsync(Uri console, string email, string password, IPAddress from, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = cookies,
            AllowAutoRedirect = false,
            ConnectCallback = (context, cancel) => ConnectAsync(from, context.DnsEndPoint, cancel),
        });
        var page = new Uri(console, "account/sign-in");
        using var form = await http.GetAsync(page, cancellationToken);
        if (form.StatusCode != HttpStatusCode.OK)
        {
            throw new CircuitFaultException($"The sign-in page answered {(int)form.StatusCode}.");
        }

        var fields = HiddenFields(await form.Content.ReadAsStringAsync(cancellationToken));
        fields.Add(new("Input.Email", email));
        fields.Add(new("Input.Password", password));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(page, content, cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.Redirect => cookies,
            HttpStatusCode.OK => throw new CircuitFaultException($"The console did not let {email} in."),
            var other => throw new CircuitFaultException($"Signing in {email} was answered with {(int)other}."),
        };
    }

    /// <summary>The antiforgery token and the name of the form, which the page has more than one of when it offers demo accounts.</summary>
    private static List<KeyValuePair<string, string>> HiddenFields(string html)
    {
        var email = html.IndexOf("name=\"Input.Email\"", StringComparison.Ordinal);
        var start = email < 0 ? -1 : html.LastIndexOf("<form", email, StringComparison.Ordinal);
        var end = email < 0 ? -1 : html.IndexOf("</form>", email, StringComparison.Ordinal);
        if (start < 0 || end < 0)
        {
            throw new CircuitFaultException("The sign-in page has no form for an e-mail address.");
        }

        return [
            .. HiddenInput().Matches(html[start..end])
                .Select(input => new KeyValuePair<string, string>(Attribute(input.Value, "name"), Attribute(input.Value, "value"))),
        ];
    }

    private static string Attribute(string input, string name) =>
        WebUtility.HtmlDecode(Regex.Match(input, $" {name}=\"([^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking) is { Success: true } found
            ? found.Value[(name.Length + 3)..^1]
            : "");

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, DnsEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(to, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex("<input[^>]* type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenInput();
}
