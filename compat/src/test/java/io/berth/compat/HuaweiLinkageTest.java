package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.ActionDeviceCommand;
import com.huaweicloud.sdk.iotda.v5.model.ChangeRuleStatusRequest;
import com.huaweicloud.sdk.iotda.v5.model.Cmd;
import com.huaweicloud.sdk.iotda.v5.model.ConditionGroup;
import com.huaweicloud.sdk.iotda.v5.model.CreateRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateRuleResponse;
import com.huaweicloud.sdk.iotda.v5.model.DeleteRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeviceDataCondition;
import com.huaweicloud.sdk.iotda.v5.model.ListRulesRequest;
import com.huaweicloud.sdk.iotda.v5.model.PropertyFilter;
import com.huaweicloud.sdk.iotda.v5.model.Rule;
import com.huaweicloud.sdk.iotda.v5.model.RuleAction;
import com.huaweicloud.sdk.iotda.v5.model.RuleCondition;
import com.huaweicloud.sdk.iotda.v5.model.RuleResponse;
import com.huaweicloud.sdk.iotda.v5.model.RuleStatus;
import com.huaweicloud.sdk.iotda.v5.model.ShowRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.Strategy;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRuleRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Linkage rules made with the SDK of Huawei's applications, at work between devices with that of its devices.
@ExtendWith(SharedServer.class)
final class HuaweiLinkageTest {
    private static final String LAMPS = "a1HuaweiLinked";
    private static final String KEY = "linkage-test";
    private static final String SECRET = "linkage-test-secret";

    private final BerthServer berth;
    private final IoTDAClient client;

    HuaweiLinkageTest(BerthServer berth) {
        this.berth = berth;
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_products(BerthServer berth) throws IOException {
        berth.api().createProduct(LAMPS, "65f0linked", "direct");
        TestModel.publish(berth, LAMPS, "lamp.tsl.json");
        berth.api().createAccessKey(KEY, SECRET);
    }

    @Test
    void a_report_of_one_device_commands_another() {
        Identity probe = register("probe");
        Identity lamp = register("lamp");
        String rule = create(probe, lamp).getRuleId();
        try (HuaweiSdkDevice reporting = connected(probe);
                HuaweiSdkDevice commanded = connected(lamp)) {
            reporting.reportProperties("default", Map.of("temperature", 20.5));
            reporting.reportProperties("default", Map.of("temperature", 35.5));

            assertThat(commanded.commands().take("the command", _ -> true))
                    .isEqualTo(new HuaweiSdkDevice.Command("default", "blink", Map.of("times", 2)));
        }
        delete(rule);
    }

    @Test
    void a_rule_is_shown_changed_listed_switched_off_and_deleted() {
        Identity probe = register("shown-probe");
        Identity lamp = register("shown-lamp");
        CreateRuleResponse made = create(probe, lamp);
        String id = made.getRuleId();
        assertThat(made.getHttpStatusCode()).isEqualTo(201);
        assertThat(made.getConditionGroup()).isEqualTo(group(probe));
        assertThat(made.getActions()).isEqualTo(List.of(blink(lamp)));
        assertThat(client.showRule(new ShowRuleRequest().withRuleId(id)).getName())
                .isEqualTo("hot");

        assertThat(client.updateRule(new UpdateRuleRequest()
                                .withRuleId(id)
                                .withBody(rule(probe, lamp).withName("very hot")))
                        .getName())
                .isEqualTo("very hot");
        assertThat(client.listRules(new ListRulesRequest().withLimit(50)).getRules())
                .extracting(RuleResponse::getName)
                .contains("very hot");
        client.changeRuleStatus(
                new ChangeRuleStatusRequest().withRuleId(id).withBody(new RuleStatus().withStatus("inactive")));
        assertThat(client.showRule(new ShowRuleRequest().withRuleId(id)).getStatus())
                .isEqualTo("inactive");

        delete(id);
        assertThatThrownBy(() -> client.showRule(new ShowRuleRequest().withRuleId(id)))
                .isInstanceOfSatisfying(
                        ServiceResponseException.class,
                        refusal -> assertThat(refusal.getHttpStatusCode()).isEqualTo(404));
    }

    private CreateRuleResponse create(Identity probe, Identity lamp) {
        return client.createRule(new CreateRuleRequest().withBody(rule(probe, lamp)));
    }

    private void delete(String rule) {
        assertThat(client.deleteRule(new DeleteRuleRequest().withRuleId(rule)).getHttpStatusCode())
                .isEqualTo(204);
    }

    private static Rule rule(Identity probe, Identity lamp) {
        return new Rule()
                .withName("hot")
                .withRuleType("DEVICE_LINKAGE")
                .withConditionGroup(group(probe))
                .withActions(List.of(blink(lamp)));
    }

    private static ConditionGroup group(Identity probe) {
        PropertyFilter hot = new PropertyFilter()
                .withPath("default/temperature")
                .withOperator(">")
                .withValue("30")
                .withStrategy(new Strategy().withTrigger("reverse"));
        return new ConditionGroup()
                .withLogic("and")
                .withConditions(List.of(new RuleCondition()
                        .withType("DEVICE_DATA")
                        .withDevicePropertyCondition(new DeviceDataCondition()
                                .withDeviceId(probe.huaweiId())
                                .withFilters(List.of(hot)))));
    }

    private static RuleAction blink(Identity lamp) {
        return new RuleAction()
                .withType("DEVICE_CMD")
                .withDeviceCommand(new ActionDeviceCommand()
                        .withDeviceId(lamp.huaweiId())
                        .withCmd(new Cmd()
                                .withServiceId("default")
                                .withCommandName("blink")
                                .withCommandBody(Map.of("times", 2))));
    }

    private HuaweiSdkDevice connected(Identity identity) {
        HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, identity);
        assertThat(device.connect()).isZero();
        return device;
    }

    private Identity register(String name) {
        Identity device = new Identity(LAMPS, name, "secret-of-" + name, LAMPS + "_" + name);
        berth.api().createDevice(device);
        return device;
    }
}
