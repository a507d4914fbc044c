namespace WaConsole.CloudApi;

/// <summary>The body as a whole is not a webhook: not JSON, not an object, or without entries.</summary>
public sealed class WebhookFormatException(string reason, Exception? cause = null) : Exception(reason, cause);
