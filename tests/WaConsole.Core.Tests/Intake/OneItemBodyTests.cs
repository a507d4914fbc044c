using System.Text;
using WaConsole.CloudApi;
using WaConsole.Core.Intake;

namespace WaConsole.Core.Tests.Intake;

/// <summary>What waits or was kept aside is read again from a body of its own: it must come out as it went in.</summary>
public sealed class OneItemBodyTests
{
    private const string Everywhere =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"WABA","time":1764000000,"changes":[
        {"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"4930111","phone_number_id":"PNID"},
         "contacts":[{"profile":{"name":"Ada"},"wa_id":"491","user_id":"DE.1"}],
         "messages":[{"from":"491","id":"m1","timestamp":"1764000001","type":"text","text":{"body":"Hi"}},{"id":"no time of its own"},7,
          {"type":"text"}],
         "statuses":[{"id":"o1","status":"sent","timestamp":"1764000002","recipient_id":"491"},{"status":"no id"}],
         "errors":[{"code":131000}],"conversation_context":{"type":"summary","summary":{"text":"s"}},"new_list":[1,2],"new_object":{"a":1}}},
        {"field":"calls","value":{"contacts":[{"profile":{"name":"Ada"},"wa_id":"491","user_id":"DE.1","parent_user_id":"DE.ENT.1"}],
         "calls":[{"id":"w1","event":"connect","timestamp":"1764000004"},
          {"id":"w3","event":"connect","direction":"USER_INITIATED","from":"491","timestamp":"1764000004"}],
         "statuses":[{"id":"w2","type":"call","status":"RINGING","timestamp":"1764000004"}]}},
        {"field":"standby","value":{"metadata":{"display_phone_number":"4930111","phone_number_id":"PNID"},
         "standby":{"contacts":[{"profile":{"name":"Ada"},"wa_id":"491"}],
         "messages":[{"from":"491","id":"s1","timestamp":"1764000005","type":"text","text":{"body":"Hi"}}],
         "statuses":[{"id":"s2","status":"sent","timestamp":"1764000005","recipient_id":"491"}],
         "message_echoes":[{"id":"s3","timestamp":"1764000005","message":{"to":"491","type":"text","text":{"body":"x"}}}],"new":[1]}}},
        {"field":"standby","value":{"standby":{}}},
        {"field":"history","value":{"contacts":[{"wa_id":"491"}],"history":[{"metadata":{"phase":0}}],
         "messages":[{"from":"491","id":"h1","timestamp":"1764000006","type":"image","image":{"id":"M"}}]}},
        {"field":"group_status_update","value":{"groups":[{"group_id":"G","type":"group_suspend"}]}},
        {"field":"account_update","value":{"event":"DISABLED_UPDATE"}},
        {"field":"messaging_handovers","value":{"type":"control_taken"}},
        {"field":"message_template_status_update","value":{"event":"no id"}},
        {"field":"new_field","value":{"standby.x":1}},
        {"field":"messages","value":{"standby.x":1}},
        {"field":"no_value"}]},{"id":"no changes"}]}
        """;

    [Fact]
    public void Every_item_comes_out_as_it_went_in()
    {
        var items = WebhookReader.Read(Encoding.UTF8.GetBytes(Everywhere));

        Assert.True(items.Count > 25);
        Assert.All(items, item =>
        {
            var again = Assert.Single(WebhookReader.Read(OneItemBody.Of(item)));

            Assert.Equal(item.GetType(), again.GetType());
            Assert.Equal((item.Field, item.Part, item.IsListed), (again.Field, again.Part, again.IsListed));
            Assert.Equal(item.BusinessAccountId, again.BusinessAccountId);
            Assert.Equal(item.RawJson, again.RawJson);
        });
    }
}
