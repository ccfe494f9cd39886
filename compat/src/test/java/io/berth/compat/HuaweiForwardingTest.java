package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.AddActionReq;
import com.huaweicloud.sdk.iotda.v5.model.AddBacklogPolicy;
import com.huaweicloud.sdk.iotda.v5.model.AddFlowControlPolicy;
import com.huaweicloud.sdk.iotda.v5.model.AddRuleReq;
import com.huaweicloud.sdk.iotda.v5.model.AmqpForwarding;
import com.huaweicloud.sdk.iotda.v5.model.BacklogPolicyInfo;
import com.huaweicloud.sdk.iotda.v5.model.ChannelDetail;
import com.huaweicloud.sdk.iotda.v5.model.ColumnMapping;
import com.huaweicloud.sdk.iotda.v5.model.CreateRoutingBacklogPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateRoutingBacklogPolicyResponse;
import com.huaweicloud.sdk.iotda.v5.model.CreateRoutingFlowControlPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateRoutingFlowControlPolicyResponse;
import com.huaweicloud.sdk.iotda.v5.model.CreateRoutingRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateRoutingRuleResponse;
import com.huaweicloud.sdk.iotda.v5.model.CreateRuleActionRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateRuleActionResponse;
import com.huaweicloud.sdk.iotda.v5.model.DeleteRoutingBacklogPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeleteRoutingFlowControlPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeleteRoutingRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeleteRuleActionRequest;
import com.huaweicloud.sdk.iotda.v5.model.DmsKafkaForwarding;
import com.huaweicloud.sdk.iotda.v5.model.FlowControlPolicyInfo;
import com.huaweicloud.sdk.iotda.v5.model.HttpForwarding;
import com.huaweicloud.sdk.iotda.v5.model.InfluxDBForwarding;
import com.huaweicloud.sdk.iotda.v5.model.ListRoutingBacklogPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListRoutingFlowControlPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListRoutingRulesRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListRuleActionsRequest;
import com.huaweicloud.sdk.iotda.v5.model.MysqlForwarding;
import com.huaweicloud.sdk.iotda.v5.model.NetAddress;
import com.huaweicloud.sdk.iotda.v5.model.ObsForwarding;
import com.huaweicloud.sdk.iotda.v5.model.RoutingRule;
import com.huaweicloud.sdk.iotda.v5.model.RoutingRuleAction;
import com.huaweicloud.sdk.iotda.v5.model.RoutingRuleSubject;
import com.huaweicloud.sdk.iotda.v5.model.ShowRoutingBacklogPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowRoutingFlowControlPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowRoutingRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowRuleActionRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdateActionReq;
import com.huaweicloud.sdk.iotda.v5.model.UpdateBacklogPolicy;
import com.huaweicloud.sdk.iotda.v5.model.UpdateFlowControlPolicy;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRoutingBacklogPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRoutingFlowControlPolicyRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRoutingRuleRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRoutingRuleResponse;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRuleActionRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdateRuleReq;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Huawei's applications make rules, and what devices report goes where they say.
@ExtendWith(SharedServer.class)
final class HuaweiForwardingTest {
    private static final String PRODUCT = "a1HuaweiForwarding";
    private static final String KEY = "forwarding-test";
    private static final String SECRET = "forwarding-test-secret";

    private final BerthServer berth;
    private final IoTDAClient client;

    HuaweiForwardingTest(BerthServer berth) {
        this.berth = berth;
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_product(BerthServer berth) throws IOException {
        NodeSdkDevice.install();
        berth.api().createProduct(PRODUCT, "65f0forw", "direct");
        berth.api().createProduct("a1HuaweiNothing", "65f0none", "direct");
        berth.api().createAccessKey(KEY, SECRET);
        berth.api().createGroup("q1", "huawei", "a1HuaweiNothing");
        berth.api().createGroup("q2", "huawei", "a1HuaweiNothing");
    }

    /// What came in by HTTP.
    record Posted(Map<String, List<String>> headers, String body) {}

    @Test
    void a_rule_forwards_reports_to_a_queue_and_to_an_http_server() throws IOException {
        berth.api().createGroup("forwarded", "huawei", "a1HuaweiNothing");
        Arrivals<Posted> posted = new Arrivals<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/in", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(new Posted(Map.copyOf(exchange.getRequestHeaders()), body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String rule = create("to-both", "notify_data.body.services[0].service_id = 'valve'")
                .getRuleId();
        add(rule, "AMQP_FORWARDING", queue("forwarded"));
        add(
                rule,
                "HTTP_FORWARDING",
                new ChannelDetail()
                        .withHttpForwarding(new HttpForwarding()
                                .withUrl("http://127.0.0.1:"
                                        + server.getAddress().getPort() + "/in")
                                .withSignatureEnable(true)
                                .withToken("abc123")));
        assertThat(activate(rule, true).getActive()).isTrue();

        Identity valve = new Identity(PRODUCT, "valve", "secret-of-valve", PRODUCT + "_valve");
        berth.api().createDevice(valve);
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, valve);
                RheaSubscriber app = RheaSubscriber.connect(berth, SubscriberLogin.huawei(KEY, SECRET), "forwarded")) {
            device.connect();
            device.reportProperties("other", Map.of("level", 1));
            device.reportProperties("valve", Map.of("level", 7));

            Posted request = posted.take("the POST", _ -> true);
            assertThat(request.body()).contains("\"level\":7").contains(valve.huaweiId());
            assertThat(request.headers()).containsKeys("Signature", "Nonce", "Timestamp");
            JsonNode message = app.take("message");
            assertThat(message.path("body").asString()).contains("\"level\":7");
            app.settle("accept");
        } finally {
            server.stop(0);
            activate(rule, false);
        }
    }

    @Test
    void a_rule_rests_until_it_is_let_work_and_goes_with_its_actions() {
        CreateRoutingRuleResponse made = create("life", "");
        assertThat(made.getActive()).isFalse();
        assertThat(made.getHttpStatusCode()).isEqualTo(201);
        assertThat(made.getAppType()).isEqualTo("GLOBAL");
        String action = add(made.getRuleId(), "AMQP_FORWARDING", queue("q1")).getActionId();

        UpdateRoutingRuleResponse changed = client.updateRoutingRule(new UpdateRoutingRuleRequest()
                .withRuleId(made.getRuleId())
                .withBody(new UpdateRuleReq().withDescription("for tests").withActive(true)));
        assertThat(changed.getDescription()).isEqualTo("for tests");
        assertThat(changed.getRuleName()).isEqualTo("life");
        var shown = client.showRoutingRule(new ShowRoutingRuleRequest().withRuleId(made.getRuleId()));
        assertThat(shown.getSubject().getResource()).isEqualTo("device.property");
        assertThat(shown.getActive()).isTrue();

        client.updateRuleAction(new UpdateRuleActionRequest()
                .withActionId(action)
                .withBody(new UpdateActionReq().withChannel("AMQP_FORWARDING").withChannelDetail(queue("q2"))));
        assertThat(client.showRuleAction(new ShowRuleActionRequest().withActionId(action))
                        .getChannelDetail()
                        .getAmqpForwarding()
                        .getQueueName())
                .isEqualTo("q2");
        client.deleteRuleAction(new DeleteRuleActionRequest().withActionId(action));
        refused(404, "IOTDA.000003", () -> client.showRuleAction(new ShowRuleActionRequest().withActionId(action)));
        client.deleteRoutingRule(new DeleteRoutingRuleRequest().withRuleId(made.getRuleId()));
        refused(
                404,
                "IOTDA.000003",
                () -> client.showRoutingRule(new ShowRoutingRuleRequest().withRuleId(made.getRuleId())));
    }

    @Test
    void rules_and_actions_are_listed_newest_first_page_by_page() {
        String older = create("page-1", "").getRuleId();
        String newer = create("page-2", "").getRuleId();
        var first = client.listRoutingRules(
                new ListRoutingRulesRequest().withRuleName("page-").withLimit(1));
        assertThat(first.getRules()).extracting(RoutingRule::getRuleId).containsExactly(newer);
        assertThat(first.getCount()).isEqualTo(2);
        assertThat(client.listRoutingRules(new ListRoutingRulesRequest()
                                .withRuleName("page-")
                                .withMarker(first.getMarker()))
                        .getRules())
                .extracting(RoutingRule::getRuleId)
                .containsExactly(older);
        String action = add(older, "AMQP_FORWARDING", queue("q1")).getActionId();
        assertThat(client.listRuleActions(new ListRuleActionsRequest().withRuleId(older))
                        .getActions())
                .extracting(RoutingRuleAction::getActionId)
                .containsExactly(action);
        refused(400, "IOTDA.000017", () -> client.listRoutingRules(new ListRoutingRulesRequest().withLimit(51)));
    }

    @Test
    void channels_are_shown_as_they_were_given_without_secrets() {
        String rule = create("channels", "").getRuleId();
        ChannelDetail kafka = add(
                        rule,
                        "DMS_KAFKA_FORWARDING",
                        new ChannelDetail()
                                .withDmsKafkaForwarding(new DmsKafkaForwarding()
                                        .withRegionName("cn-north-4")
                                        .withProjectId("p")
                                        .withAddresses(List.of(address(9093)))
                                        .withTopic("reports")
                                        .withUsername("me")
                                        .withPassword("secret")
                                        .withMechanism("SCRAM-SHA-512")
                                        .withSecurityProtocol("SASL_PLAINTEXT")))
                .getChannelDetail();
        assertThat(kafka.getDmsKafkaForwarding().getAddresses()).containsExactly(address(9093));
        assertThat(kafka.getDmsKafkaForwarding().getMechanism()).isEqualTo("SCRAM-SHA-512");
        assertThat(kafka.getDmsKafkaForwarding().getPassword()).isNull();
        ChannelDetail mysql = add(
                        rule,
                        "MYSQL_FORWARDING",
                        new ChannelDetail()
                                .withMysqlForwarding(new MysqlForwarding()
                                        .withAddress(address(3306))
                                        .withDbName("plant")
                                        .withUsername("me")
                                        .withPassword("secret")
                                        .withEnableSsl(false)
                                        .withTableName("report")
                                        .withColumnMappings(List.of(column()))))
                .getChannelDetail();
        assertThat(mysql.getMysqlForwarding().getColumnMappings()).containsExactly(column());
        assertThat(mysql.getMysqlForwarding().getPassword()).isNull();
        ChannelDetail influx = add(
                        rule,
                        "INFLUXDB_FORWARDING",
                        new ChannelDetail()
                                .withInfluxdbForwarding(new InfluxDBForwarding()
                                        .withAddress(address(8086))
                                        .withDbName("plant")
                                        .withUsername("me")
                                        .withPassword("secret")
                                        .withMeasurement("report")
                                        .withColumnMappings(List.of(column()))))
                .getChannelDetail();
        assertThat(influx.getInfluxdbForwarding().getAddress()).isEqualTo(address(8086));
    }

    @Test
    void what_cannot_work_is_refused_with_the_reason() {
        refused(400, "IOTDA.000006", () -> create("bad-where", "a = = b"));
        refused(
                400,
                "IOTDA.000006",
                () -> client.createRoutingRule(new CreateRoutingRuleRequest()
                        .withBody(new AddRuleReq()
                                .withRuleName("bad-subject")
                                .withSubject(new RoutingRuleSubject()
                                        .withResource("weather")
                                        .withEvent("rain")))));
        String rule = create("no-channel", "").getRuleId();
        refused(
                501,
                "IOTDA.014005",
                () -> add(rule, "OBS_FORWARDING", new ChannelDetail().withObsForwarding(new ObsForwarding())));
    }

    @Test
    void a_flow_policy_slows_what_a_rule_forwards() throws IOException {
        Arrivals<Long> posted = new Arrivals<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/in", exchange -> {
            exchange.getRequestBody().readAllBytes();
            posted.add(System.nanoTime());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
        String rule = create("slow", "notify_data.body.services[0].service_id = 'tap'")
                .getRuleId();
        String action = add(
                        rule,
                        "HTTP_FORWARDING",
                        new ChannelDetail().withHttpForwarding(new HttpForwarding().withUrl(url)))
                .getActionId();
        String policy = client.createRoutingFlowControlPolicy(new CreateRoutingFlowControlPolicyRequest()
                        .withBody(new AddFlowControlPolicy()
                                .withPolicyName("slow")
                                .withScope("ACTION")
                                .withScopeValue(action)
                                .withLimit(2)))
                .getPolicyId();
        activate(rule, true);
        Identity tap = new Identity(PRODUCT, "tap", "secret-of-tap", PRODUCT + "_tap");
        berth.api().createDevice(tap);
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, tap)) {
            device.connect();
            long begun = System.nanoTime(); // the first POST may be noticed late
            for (int i = 0; i < 7; i++) {
                device.reportProperties("tap", Map.of("level", i));
            }

            long last = begun;
            for (int i = 0; i < 7; i++) {
                last = posted.take("POST " + i, _ -> true);
            }
            // three seconds, but for what a late thread may make up for
            assertThat(Duration.ofNanos(last - begun)).isGreaterThan(Duration.ofMillis(2_900));
        } finally {
            server.stop(0);
            activate(rule, false);
            client.deleteRoutingFlowControlPolicy(new DeleteRoutingFlowControlPolicyRequest().withPolicyId(policy));
        }
    }

    @Test
    void policies_are_made_shown_changed_listed_and_deleted() {
        CreateRoutingFlowControlPolicyResponse flow =
                client.createRoutingFlowControlPolicy(new CreateRoutingFlowControlPolicyRequest()
                        .withBody(new AddFlowControlPolicy()
                                .withPolicyName("http")
                                .withScope("CHANNEL")
                                .withScopeValue("HTTP_FORWARDING")
                                .withLimit(800)));
        assertThat(client.updateRoutingFlowControlPolicy(new UpdateRoutingFlowControlPolicyRequest()
                                .withPolicyId(flow.getPolicyId())
                                .withBody(new UpdateFlowControlPolicy().withLimit(900)))
                        .getLimit())
                .isEqualTo(900);
        assertThat(client.showRoutingFlowControlPolicy(
                                new ShowRoutingFlowControlPolicyRequest().withPolicyId(flow.getPolicyId()))
                        .getScopeValue())
                .isEqualTo("HTTP_FORWARDING");
        assertThat(client.listRoutingFlowControlPolicy(new ListRoutingFlowControlPolicyRequest().withScope("CHANNEL"))
                        .getFlowcontrolPolicies())
                .extracting(FlowControlPolicyInfo::getPolicyId)
                .contains(flow.getPolicyId());
        client.deleteRoutingFlowControlPolicy(
                new DeleteRoutingFlowControlPolicyRequest().withPolicyId(flow.getPolicyId()));

        CreateRoutingBacklogPolicyResponse backlog =
                client.createRoutingBacklogPolicy(new CreateRoutingBacklogPolicyRequest()
                        .withBody(new AddBacklogPolicy().withPolicyName("day").withBacklogSize(1_000_000)));
        assertThat(backlog.getBacklogTime()).isEqualTo(86_399);
        assertThat(client.updateRoutingBacklogPolicy(new UpdateRoutingBacklogPolicyRequest()
                                .withPolicyId(backlog.getPolicyId())
                                .withBody(new UpdateBacklogPolicy().withBacklogTime(3_600)))
                        .getBacklogSize())
                .isEqualTo(1_000_000);
        assertThat(client.showRoutingBacklogPolicy(
                                new ShowRoutingBacklogPolicyRequest().withPolicyId(backlog.getPolicyId()))
                        .getBacklogTime())
                .isEqualTo(3_600);
        assertThat(client.listRoutingBacklogPolicy(new ListRoutingBacklogPolicyRequest())
                        .getBacklogPolicies())
                .extracting(BacklogPolicyInfo::getPolicyName)
                .contains("day");
        client.deleteRoutingBacklogPolicy(new DeleteRoutingBacklogPolicyRequest().withPolicyId(backlog.getPolicyId()));
        refused(
                400,
                "IOTDA.000006",
                () -> client.createRoutingBacklogPolicy(new CreateRoutingBacklogPolicyRequest()
                        .withBody(new AddBacklogPolicy().withBacklogTime(86_400))));
    }

    private CreateRoutingRuleResponse create(String name, String where) {
        return client.createRoutingRule(new CreateRoutingRuleRequest()
                .withBody(new AddRuleReq()
                        .withRuleName(name)
                        .withSubject(new RoutingRuleSubject()
                                .withResource("device.property")
                                .withEvent("report"))
                        .withWhere(where)));
    }

    private UpdateRoutingRuleResponse activate(String rule, boolean active) {
        return client.updateRoutingRule(
                new UpdateRoutingRuleRequest().withRuleId(rule).withBody(new UpdateRuleReq().withActive(active)));
    }

    private CreateRuleActionResponse add(String rule, String channel, ChannelDetail detail) {
        return client.createRuleAction(new CreateRuleActionRequest()
                .withBody(
                        new AddActionReq().withRuleId(rule).withChannel(channel).withChannelDetail(detail)));
    }

    private static ChannelDetail queue(String name) {
        return new ChannelDetail().withAmqpForwarding(new AmqpForwarding().withQueueName(name));
    }

    private static NetAddress address(int port) {
        return new NetAddress().withIp("127.0.0.1").withPort(port);
    }

    private static ColumnMapping column() {
        return new ColumnMapping().withColumnName("device").withJsonKey("notify_data.header.device_id");
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
            assertThat(refusal.getErrorCode()).isEqualTo(code);
            assertThat(refusal.getHttpStatusCode()).isEqualTo(status);
        });
    }
}
