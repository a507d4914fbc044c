namespace WaConsole.Core.Conversations;

public static class DeliveryStatusRules
{
    extension(DeliveryStatus current)
    {
        /// <summary>
        /// Statuses arrive late, twice and out of order (Meta, Status messages webhook, September 2026): only a step forward counts,
        /// and a failure counts only while nothing was delivered.
        /// </summary>
        public DeliveryStatus After(DeliveryStatus reported) => (current, reported) switch
        {
            ( >= DeliveryStatus.Delivered and < DeliveryStatus.Failed, DeliveryStatus.Failed) => current,
            (DeliveryStatus.Failed, >= DeliveryStatus.Delivered and < DeliveryStatus.Failed) => reported,
            (DeliveryStatus.Failed, _) => current,
            _ => reported > current ? reported : current,
        };
    }
}
