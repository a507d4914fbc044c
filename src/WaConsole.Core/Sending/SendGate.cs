namespace WaConsole.Core.Sending;

/// <summary>
/// Why something may not be sent: a stable code for programs and a sentence a person can act on. Codes: window_closed, opted_out,
/// template_not_sendable, template_not_found, template_values, number_stopped, number_unknown, owned_elsewhere, invalid_phone, no_identity,
/// text_empty, text_too_long, media_not_found, media_not_ready, media_unsupported, media_too_big, caption_too_long.
/// </summary>
public sealed record Refusal(string Code, string Sentence);

/// <summary>The one gate: window, opt-out, template state and number state are asked here by everything that sends, at queueing and again at sending.</summary>
public sealed class SendGate
{
}
