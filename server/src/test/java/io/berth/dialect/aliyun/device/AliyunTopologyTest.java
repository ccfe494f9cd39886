package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunGatewayBed.GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.OTHER_GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB_SECRET;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.claim;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.dialect.DeviceServices;
import io.berth.testing.TestEvents;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunTopologyTest {
    private static final String ADD = "thing/topo/add";
    private static final String ADDED = "{\"code\":200,\"data\":[" + named(SUB) + "]}";

    private final AliyunGatewayBed bed = new AliyunGatewayBed();

    @Test
    void adds_what_the_4_2_sdk_signs_and_answers_it_byte_for_byte() {
        String reply = bed.connection(GATEWAY).publish("/sys/a1pk/dev1/thing/topo/add", """
                {"id":"3","version":"1.0","params":[{"productKey":"a1sub","deviceName":"sub1","clientId":"a1sub.sub1",\
                "timestamp":"1795288532158","signmethod":"hmacSha256","sign":\
                "3D962E74261FF70FDCBB9E686BC0700877A08C956BE37358C5FAE2D3C6A6F9AA"}],"sys":{"ack":1}}""");

        assertThat(reply).isEqualTo("""
                {"code":200,"id":"3","message":"success","method":"thing.topo.add","version":"1.0",\
                "data":[{"productKey":"a1sub","deviceName":"sub1"}]}""");
        assertThat(bed.platform.belongings.topology.gatewayOf(SUB)).contains(GATEWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp\":7", "timestamp\":\"7\""})
    void a_timestamp_is_signed_as_it_came(String timestamp) {
        String claim = claim(SUB, SUB_SECRET).replace("timestamp\":7", timestamp);

        assertThat(bed.ask(ADD, "[" + claim + "]")).isEqualTo(ADDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signMethod", "signmethod", "SIGNMETHOD"})
    void the_method_is_spelled_in_any_case(String name) {
        String claim = claim(SUB, SUB_SECRET).replace("signMethod", name).replace("hmacMd5", "HMACMD5");

        assertThat(bed.ask(ADD, "[" + claim + "]")).isEqualTo(ADDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "\"{}\"",
                "3",
                "[3]",
                "[{}]",
                "[{\"productKey\":\"a1sub\",\"deviceName\":\"sub1\"}]",
                "[{\"productKey\":\"a1sub\",\"deviceName\":\"sub1\",\"sign\":\"x\",\"signmethod\":\"rot13\"}]",
                "[{\"productKey\":\"a1sub\",\"deviceName\":\"a/b\",\"sign\":\"x\"}]",
                "[{\"productKey\":{},\"deviceName\":[],\"sign\":\"x\"}]",
            })
    void what_names_and_signs_nothing_is_a_parameter_error(String params) {
        assertThat(bed.ask(ADD, params)).isEqualTo("{\"code\":460,\"data\":{}}");
    }

    @Test
    void takes_thirty_at_once_and_no_more() {
        String thirty = claims(30);
        assertThat(bed.ask(ADD, "[" + thirty + "]")).startsWith("{\"code\":200,");
        assertThat(bed.ask(ADD, "[" + thirty + "," + claim(SUB, SUB_SECRET) + "]"))
                .startsWith("{\"code\":460,");
    }

    @Test
    void nothing_stands_behind_itself() {
        assertThat(bed.ask(ADD, "[" + claim(GATEWAY, AliyunFleet.SECRET) + "]")).startsWith("{\"code\":6402,");
    }

    @Test
    void an_unknown_device_is_not_found() {
        assertThat(bed.ask(ADD, "[" + claim(new DeviceId("a1sub", "nobody"), SUB_SECRET) + "]"))
                .startsWith("{\"code\":6100,");
    }

    @Test
    void one_wrong_signature_refuses_the_whole_list() {
        DeviceId second = new DeviceId("a1sub", "sub2");
        bed.device(second, SUB_SECRET);

        assertThat(bed.ask(ADD, "[" + claim(SUB, SUB_SECRET) + "," + claim(second, "another") + "]"))
                .startsWith("{\"code\":401,");
        assertThat(bed.platform.belongings.topology.countChildren(GATEWAY)).isZero();
    }

    @Test
    void more_children_than_a_gateway_may_have_are_refused() {
        bed.platform.belongings.topology.link(
                GATEWAY,
                IntStream.range(0, 2000)
                        .mapToObj(i -> new DeviceId("a1sub", "c" + i))
                        .toList(),
                2000);

        assertThat(bed.ask(ADD, "[" + claim(SUB, SUB_SECRET) + "]")).startsWith("{\"code\":428,");
    }

    @Test
    void more_in_a_second_than_the_setting_allows_are_told_to_wait() {
        AliyunGatewayBed slow = new AliyunGatewayBed(new DeviceServices.Rules(false, 2000, true, "", 2));
        String claim = "[" + claim(SUB, SUB_SECRET) + "]";
        slow.ask(ADD, claim);
        slow.ask(ADD, claim);

        assertThat(slow.ask(ADD, claim)).isEqualTo("{\"code\":429,\"data\":{}}");
        slow.clock.advance(Duration.ofSeconds(1));
        assertThat(slow.ask(ADD, claim)).startsWith("{\"code\":200,");
    }

    @Test
    void a_device_moves_to_the_gateway_that_adds_it() {
        bed.ask(OTHER_GATEWAY, ADD, "[" + claim(SUB, SUB_SECRET) + "]");
        bed.ask(OTHER_GATEWAY, "combine/login", claim(SUB, SUB_SECRET));
        bed.platform.log.events.clear();

        assertThat(bed.ask(ADD, "[" + claim(SUB, SUB_SECRET) + "]")).isEqualTo(ADDED);

        assertThat(bed.connection(OTHER_GATEWAY).attached()).isEmpty();
        assertThat(bed.platform.log.events)
                .extracting(Event::device, Event::kind, TestEvents::says)
                .containsExactly(
                        tuple(SUB, Event.Kind.STATUS, "offline unlinked"),
                        tuple(SUB, Event.Kind.TOPOLOGY, "removed dev2"),
                        tuple(OTHER_GATEWAY, Event.Kind.TOPOLOGY, "removed child sub1"),
                        tuple(SUB, Event.Kind.TOPOLOGY, "added dev1"),
                        tuple(GATEWAY, Event.Kind.TOPOLOGY, "added child sub1"));
    }

    @Test
    void a_device_stays_where_it_is_when_moving_is_not_allowed() {
        AliyunGatewayBed settled = new AliyunGatewayBed(new DeviceServices.Rules(false, 2000, false, "", 0));
        settled.ask(OTHER_GATEWAY, ADD, "[" + claim(SUB, SUB_SECRET) + "]");

        assertThat(settled.ask(ADD, "[" + claim(SUB, SUB_SECRET) + "]")).isEqualTo("{\"code\":6619,\"data\":{}}");
        assertThat(settled.ask(OTHER_GATEWAY, ADD, "[" + claim(SUB, SUB_SECRET) + "]"))
                .isEqualTo(ADDED);
    }

    @Test
    void deleting_also_ends_the_session() {
        bed.ask(ADD, "[" + claim(SUB, SUB_SECRET) + "]");
        bed.ask("combine/login", claim(SUB, SUB_SECRET));
        assertThat(bed.platform.sessions.isAttached(SUB)).isTrue();

        assertThat(bed.ask("thing/topo/delete", "[" + named(SUB) + "]")).isEqualTo(ADDED);

        assertThat(bed.platform.sessions.isAttached(SUB)).isFalse();
        assertThat(bed.ask("thing/topo/get", "{}")).isEqualTo("{\"code\":200,\"data\":[]}");
    }

    @Test
    void deleting_takes_nothing_from_another_gateway() {
        bed.ask(OTHER_GATEWAY, ADD, "[" + claim(SUB, SUB_SECRET) + "]");

        assertThat(bed.ask("thing/topo/delete", "[" + named(SUB) + "]")).isEqualTo("{\"code\":200,\"data\":[]}");
        assertThat(bed.platform.belongings.topology.gatewayOf(SUB)).contains(OTHER_GATEWAY);
    }

    @Test
    void deleting_what_does_not_exist_is_told() {
        assertThat(bed.ask("thing/topo/delete", "[" + named(new DeviceId("a1sub", "nobody")) + "]"))
                .startsWith("{\"code\":6100,");
        assertThat(bed.ask("thing/topo/delete", "{}")).startsWith("{\"code\":460,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"{}\""})
    void lists_all_children_however_many(String params) {
        bed.platform.belongings.topology.link(
                GATEWAY,
                IntStream.range(0, 1500)
                        .mapToObj(i -> new DeviceId("a1sub", "c" + i))
                        .toList(),
                2000);

        String reply = bed.ask("thing/topo/get", params);

        assertThat(reply).startsWith("{\"code\":200,\"data\":[{\"productKey\":\"a1sub\",\"deviceName\":\"c0\"},");
        assertThat(reply.split("deviceName", -1)).hasSize(1501);
    }

    @Test
    void asks_for_no_answer_and_gets_none() {
        assertThat(bed.connection(GATEWAY)
                        .publish("/sys/a1pk/dev1/thing/topo/get", "{\"id\":\"1\",\"params\":{},\"sys\":{\"ack\":0}}"))
                .isEmpty();
    }

    @Test
    void a_method_that_contradicts_the_topic_is_a_parameter_error() {
        assertThat(bed.connection(GATEWAY)
                        .publish(
                                "/sys/a1pk/dev1/thing/topo/get",
                                "{\"id\":\"1\",\"params\":{},\"method\":\"thing.topo.add\"}"))
                .startsWith("{\"code\":460,");
    }

    @Test
    void a_store_that_is_away_is_a_request_error_and_the_connection_stays() {
        bed.connection(GATEWAY);
        bed.platform.registry.gone = true;

        assertThat(bed.ask(ADD, "[" + claim(SUB, SUB_SECRET) + "]")).isEqualTo("{\"code\":400,\"data\":{}}");
    }

    private String claims(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DeviceId("a1sub", "many" + i))
                .map(id -> {
                    bed.device(id, SUB_SECRET);
                    return claim(id, SUB_SECRET);
                })
                .collect(Collectors.joining(","));
    }
}
