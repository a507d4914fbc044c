namespace WaConsole.Simulator.Graph;

/// <summary>An answer that is JSON already, written as it is.</summary>
internal sealed class JsonBytes(ReadOnlyMemory<byte> json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=UTF-8";
        httpContext.Response.ContentLength = json.Length;
        await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
