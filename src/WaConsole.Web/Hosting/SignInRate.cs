using System.Threading.RateLimiting;

namespace WaConsole.Web.Hosting;

/// <summary>Slows down guessing: forms under /account, per address. Lock-out per account is Identity's.</summary>
internal static class SignInRate
{
    private const int PerMinute = 30;

    public static void AddSignInRate(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/account")
                ? RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("-"));
    });
}
