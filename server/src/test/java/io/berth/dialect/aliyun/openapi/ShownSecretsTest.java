package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product.NodeType;
import io.berth.core.session.Topology.By;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whom this interface shows secrets: the members are always there, and empty for those that may only look.
final class ShownSecretsTest extends ActionBed {
    private static final String[] LAMP = {"ProductKey", "a1pk", "DeviceName", "lamp"};

    @BeforeEach
    void makeLampBehindHubAndCallers() {
        api.makeProduct("a1gw", NodeType.GATEWAY);
        api.makeDevice("a1gw", "hub1");
        api.makeDevice("a1pk", "lamp");
        api.topology.link(new DeviceId("a1gw", "hub1"), List.of(new DeviceId("a1pk", "lamp")), By.APPLICATION);
        api.makeKey("operator", "s1", Rights.of(Role.OPERATOR));
        api.makeKey("reader", "s2", Rights.of(Role.READER));
        api.makeKey("wirer", "s3", new Rights(Role.OPERATOR, Set.of(), Set.of(Area.GATEWAYS)));
    }

    @Test
    void looking_at_devices_and_products_shows_none() {
        assertShownToOperatorsOnly("DeviceSecret", "QueryDevice", "ProductKey", "a1pk");
        assertShownToOperatorsOnly("DeviceSecret", "QueryDeviceByStatus", "Status", "0");
        assertShownToOperatorsOnly("DeviceSecret", "QueryDeviceDetail", LAMP);
        assertShownToOperatorsOnly("DeviceSecret", "QueryDeviceInfo", LAMP);
        assertShownToOperatorsOnly(
                "DeviceSecret", "BatchQueryDeviceDetail", "ProductKey", "a1pk", "DeviceName.1", "lamp");
        assertShownToOperatorsOnly("DeviceSecret", "GetGatewayBySubDevice", LAMP);
        assertShownToOperatorsOnly("ProductSecret", "QueryProduct", "ProductKey", "a1pk");
    }

    @Test
    void looking_at_what_a_batch_registered_shows_none() {
        String registered = applyId(done("BatchRegisterDevice", "ProductKey", "a1pk", "Count", "1"));
        awaitSecret("QueryPageByApplyId", "ApplyId", registered);
        assertShownToOperatorsOnly("DeviceSecret", "QueryPageByApplyId", "ApplyId", registered);

        String imported = applyId(done(
                "BatchImportDevice",
                "ProductKey",
                "a1pk",
                "DeviceList.1.DeviceName",
                "door",
                "DeviceList.1.DeviceSecret",
                "a-secret-of-its-own"));
        String[] page = {"ApplyId", imported, "PageNo", "1", "PageSize", "10"};
        awaitSecret("QueryImportedDeviceByApplyId", page);
        assertShownToOperatorsOnly("DeviceSecret", "QueryImportedDeviceByApplyId", page);
    }

    @Test
    void operating_something_else_shows_none() {
        assertThat(secrets("wirer", "DeviceSecret", "GetGatewayBySubDevice", LAMP))
                .containsExactly("");
    }

    private static String applyId(JsonNode answer) {
        return answer.at("/Data/ApplyId").asString();
    }

    private void awaitSecret(String action, String... parameters) {
        await().until(() -> secrets("operator", "DeviceSecret", action, parameters), found -> !found.isEmpty());
    }

    private void assertShownToOperatorsOnly(String member, String action, String... parameters) {
        List<String> shown = secrets("operator", member, action, parameters);
        assertThat(shown).as(action).isNotEmpty().noneMatch(String::isEmpty);
        List<String> hidden = secrets("reader", member, action, parameters);
        assertThat(hidden).as(action).hasSameSizeAs(shown).allMatch(String::isEmpty);
    }

    private List<String> secrets(String key, String member, String action, String... parameters) {
        return done(action, with(parameters, "AccessKeyId", key)).findValues(member).stream()
                .map(JsonNode::asString)
                .toList();
    }
}
