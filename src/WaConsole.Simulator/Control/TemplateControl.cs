using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>What happens to a template: a status, a quality, another category, the review.</summary>
internal static class TemplateControl
{
    public static async Task<IResult> ChangeAsync(string name, string language, HttpRequest request, SimulatedWhatsApp world)
    {
        var body = await ControlJson.ReadAsync<TemplateBody>(request);
        if (body is null || (body.Status is null && body.Quality is null && body.Category is null))
        {
            return ControlJson.Refused("Give status (APPROVED, PAUSED, REJECTED …), quality (GREEN, YELLOW, RED) or category.");
        }

        var found = (body.Status is null || world.ChangeTemplateStatus(name, language, body.Status, body.Reason, body.Title))
            && (body.Quality is null || world.ChangeTemplateQuality(name, language, body.Quality))
            && (body.Category is null || world.ChangeTemplateCategory(name, language, body.Category, body.AtOnce));
        return found ? Results.NoContent() : ControlJson.NotFound("template");
    }

    /// <summary>Reviews a template now, by the rules.</summary>
    public static IResult Review(string name, string language, SimulatedWhatsApp world)
    {
        if (world.Templates.Find(name, language) is not { } template)
        {
            return ControlJson.NotFound("template");
        }

        world.Review(template.Id);
        return ControlJson.Ok(world.Templates.FindById(template.Id)!);
    }

    private sealed record TemplateBody(string? Status, string? Reason, string? Title, string? Quality, string? Category, bool AtOnce);
}
