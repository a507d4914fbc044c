using System.Text.Json;
using WaConsole.Simulator.Control;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Scenarios;

/// <summary>One customer's script, step by step.</summary>
internal sealed class ScenarioPart(
    SimulatedWhatsApp world, string customerId, ScenarioCustomer part, ScenarioTally tally, Func<TimeSpan, CancellationToken, Task> pause)
{
    private DateTimeOffset _answeredUntil = DateTimeOffset.MinValue;

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        foreach (var step in part.Script)
        {
            await pause(step.After ?? TimeSpan.Zero, cancellationToken);
            if (step.WaitForAnswer is { } patience)
            {
                await WaitForAnswerAsync(patience, cancellationToken);
            }

            Do(step);
        }
    }

    private void Do(ScenarioStep step)
    {
        if (step.Send is { } send)
        {
            var message = send.Deserialize<MessageBody>(ControlJson.Options)?.ToMessage(world)
                ?? throw new FormatException($"{part.Name}: a message of the script lacks what its type needs.");
            tally.Add(world.Write(customerId, message));
        }

        if (step.Tap is { } value)
        {
            tally.Add(Newest(line => line.Content.Buttons.Count > 0 || line.Content.List is not null || line.Content.Cards.Count > 0) is { } line
                ? world.Tap(customerId, line.Id, value)
                : new WriteOutcome.Refused("There is nothing to tap."));
        }

        if (step.Marketing is { } choice)
        {
            world.ChooseMarketing(customerId, choice == "stop");
        }

        if (step.Online is { } online)
        {
            world.ChangeCustomer(customerId, new CustomerChange { Online = online });
        }

        if (step.Read)
        {
            world.Read(customerId);
        }

        if (step.Call is { } seconds)
        {
            world.Call(customerId, new SimulatedCall(seconds == 0 ? null : seconds));
        }
    }

    private async Task WaitForAnswerAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, WorldChange change)
        {
            if ((change.CustomerId is null || change.CustomerId == customerId) && Newest(line => line.At > _answeredUntil) is not null)
            {
                arrived.TrySetResult();
            }
        }

        world.Changed += Look;
        try
        {
            Look(this, new WorldChange(null));
            await Task.WhenAny(arrived.Task, pause(patience, cancellationToken));
        }
        finally
        {
            world.Changed -= Look;
        }

        _answeredUntil = Newest(_ => true)?.At ?? _answeredUntil;
    }

    private ChatLine? Newest(Func<ChatLine, bool> fits) => world.Numbers
        .SelectMany(number => world.FindChat(customerId, number.Id)?.Lines ?? [])
        .Where(line => !line.FromCustomer && line.OnPhone && fits(line))
        .MaxBy(line => line.At);
}
