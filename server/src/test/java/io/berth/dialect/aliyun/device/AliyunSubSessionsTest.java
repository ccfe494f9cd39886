package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunGatewayBed.GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.OTHER_GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB_SECRET;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.claim;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.dialect.DeviceServices;
import io.berth.testing.TestEvents;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunSubSessionsTest {
    private static final String LOGIN = "combine/login";
    private static final String BATCH_LOGIN = "combine/batch_login";
    private static final String LOGOUT = "combine/logout";
    private static final String BATCH_LOGOUT = "combine/batch_logout";
    private static final DeviceId SECOND = new DeviceId("a1sub", "sub2");

    private AliyunGatewayBed bed = new AliyunGatewayBed();

    @BeforeEach
    void stand_behind_the_gateway() {
        bed.device(SECOND, SUB_SECRET);
        link(GATEWAY, SUB, SECOND);
    }

    @Test
    void a_login_as_the_vendors_page_shows_it_is_answered_byte_for_byte() {
        String reply = bed.connection(GATEWAY).publish("/ext/session/a1pk/dev1/combine/login", """
                {"id":"123","params":{"productKey":"a1sub","deviceName":"sub1","clientId":"a1sub&sub1",\
                "timestamp":"1581417203000","signMethod":"hmacmd5","sign":"F3E406ADF02A35DB7E05BDB398735C4C",\
                "cleanSession":"true"}}""");

        assertThat(reply).isEqualTo("""
                {"code":200,"id":"123","message":"success","method":"combine.login","version":"1.0",\
                "data":{"productKey":"a1sub","deviceName":"sub1"}}""");
        assertThat(bed.platform.sessions.isAttached(SUB)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\""})
    void the_signature_of_2019_includes_clean_session(String clean) {
        assertThat(bed.ask(LOGIN, """
                {"productKey":"a1sub","deviceName":"sub1","clientId":"a1sub&sub1","timestamp":1581417203000,\
                "sign":"6c859b122db4d420de9c14beb7d29141","cleanSession":%s}""".formatted(clean))).startsWith("{\"code\":200,");
    }

    @Test
    void a_batch_login_of_the_4_x_sdk_signs_its_client_id_whole() {
        assertThat(bed.ask(BATCH_LOGIN, """
                {"deviceList":[{"productKey":"a1sub","deviceName":"sub1","clientId":"a1sub.sub1|_ss=1,_v=sdk-c-4.1.0|",\
                "timestamp":"1795288532158","cleanSession":"true","sign":\
                "F0A01BBEA2BDF32AF6802B66A0FD6E102E982C23E7B1B95BA7AEE95F19EC2A41"}],"signMethod":"hmacSha256"}""")).isEqualTo("{\"code\":200,\"data\":[" + named(SUB) + "]}");
    }

    @Test
    void a_batch_logs_in_all_or_nobody() {
        assertThat(bed.ask(BATCH_LOGIN, list(claim(SUB, SUB_SECRET), claim(SECOND, "another"))))
                .isEqualTo("{\"code\":6287,\"data\":{}}");
        assertThat(bed.connection(GATEWAY).attached()).isEmpty();

        assertThat(bed.ask(BATCH_LOGIN, list(claim(SUB, SUB_SECRET), claim(SECOND, SUB_SECRET))))
                .isEqualTo("{\"code\":200,\"data\":[" + named(SUB) + "," + named(SECOND) + "]}");
        assertThat(bed.connection(GATEWAY).attached()).containsExactly(SUB, SECOND);
    }

    @Test
    void fifty_log_in_at_once_and_no_more() {
        List<DeviceId> many = IntStream.range(0, 51)
                .mapToObj(i -> new DeviceId("a1sub", "many" + i))
                .toList();
        many.forEach(id -> bed.device(id, SUB_SECRET));
        link(GATEWAY, many.toArray(DeviceId[]::new));

        assertThat(bed.ask(BATCH_LOGIN, list(claims(many)))).isEqualTo("{\"code\":460,\"data\":{}}");
        assertThat(bed.ask(BATCH_LOGIN, list(claims(many.subList(0, 50))))).startsWith("{\"code\":200,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"productKey\":\"a1sub\",\"deviceName\":\"sub1\"}",
                "{\"productKey\":\"a1sub\",\"deviceName\":\"s/1\",\"sign\":\"x\"}",
            })
    void what_names_and_signs_nothing_is_a_parameter_error(String params) {
        assertThat(bed.ask(LOGIN, params)).isEqualTo("{\"code\":460,\"data\":{}}");
        assertThat(bed.ask(BATCH_LOGIN, params)).isEqualTo("{\"code\":460,\"data\":{}}");
    }

    @Test
    void a_wrong_signature_is_told() {
        assertThat(bed.ask(LOGIN, claim(SUB, "another"))).isEqualTo("{\"code\":6287,\"data\":{}}");
    }

    @Test
    void a_device_that_does_not_stand_behind_the_gateway_does_not_log_in() {
        assertThat(bed.ask(OTHER_GATEWAY, LOGIN, claim(SUB, SUB_SECRET))).isEqualTo("{\"code\":6401,\"data\":{}}");
    }

    @Test
    void an_unknown_device_is_not_found_and_one_that_was_deleted_is_named_so() {
        assertThat(bed.ask(LOGIN, claim(new DeviceId("a1sub", "nobody"), SUB_SECRET)))
                .isEqualTo("{\"code\":6100,\"data\":{}}");

        bed.platform.devices.delete(SUB);

        assertThat(bed.ask(LOGIN, claim(SUB, SUB_SECRET))).isEqualTo("{\"code\":521,\"data\":{}}");
    }

    @Test
    void a_disabled_device_is_forbidden() {
        bed.platform.devices.enable(SUB, false);

        assertThat(bed.ask(LOGIN, claim(SUB, SUB_SECRET))).isEqualTo("{\"code\":522,\"data\":{}}");
    }

    @Test
    void no_more_than_the_limit_are_online_through_one_gateway() {
        bed = new AliyunGatewayBed(new DeviceServices.Rules(false, 1, true, "", 0));
        stand_behind_the_gateway();

        assertThat(bed.ask(LOGIN, claim(SUB, SUB_SECRET))).startsWith("{\"code\":200,");
        assertThat(bed.ask(LOGIN, claim(SUB, SUB_SECRET))).startsWith("{\"code\":200,");
        assertThat(bed.ask(LOGIN, claim(SECOND, SUB_SECRET))).isEqualTo("{\"code\":428,\"data\":{}}");
    }

    @Test
    void too_many_logins_in_a_second_are_told_to_wait() {
        bed = new AliyunGatewayBed(new DeviceServices.Rules(false, 2000, true, "", 1));
        stand_behind_the_gateway();
        bed.ask(LOGIN, claim(SUB, SUB_SECRET));

        assertThat(bed.ask(LOGIN, claim(SECOND, SUB_SECRET))).isEqualTo("{\"code\":429,\"data\":{}}");
        bed.clock.advance(Duration.ofSeconds(1));
        assertThat(bed.ask(LOGIN, claim(SECOND, SUB_SECRET))).startsWith("{\"code\":200,");
    }

    @Test
    void a_login_over_a_connection_that_ends_meanwhile_leaves_nobody_online() {
        bed.connection(GATEWAY).over = true;

        assertThat(bed.ask(BATCH_LOGIN, list(claim(SUB, SUB_SECRET), claim(SECOND, SUB_SECRET))))
                .isEqualTo("{\"code\":520,\"data\":{}}");
        assertThat(bed.platform.sessions.isAttached(SUB)).isFalse();
    }

    @Test
    void a_device_that_loses_its_place_while_it_logs_in_does_not_stay() {
        bed.connection(GATEWAY).attaching = () -> link(OTHER_GATEWAY, SUB);

        assertThat(bed.ask(LOGIN, claim(SUB, SUB_SECRET))).isEqualTo("{\"code\":6401,\"data\":{}}");
        assertThat(bed.platform.sessions.isAttached(SUB)).isFalse();
    }

    @Test
    void a_device_disabled_while_it_logs_in_does_not_stay() {
        bed.connection(GATEWAY).attaching = () -> bed.platform.devices.enable(SUB, false);

        assertThat(bed.ask(LOGIN, claim(SUB, SUB_SECRET))).isEqualTo("{\"code\":522,\"data\":{}}");
        assertThat(bed.platform.sessions.isAttached(SUB)).isFalse();
    }

    @Test
    void a_login_through_another_gateway_ends_the_older_session_without_going_offline() {
        bed.ask(LOGIN, claim(SUB, SUB_SECRET));
        // the application moved it in the store of another node: no session was ended by it
        link(OTHER_GATEWAY, SUB);
        bed.ask(OTHER_GATEWAY, LOGIN, claim(SUB, SUB_SECRET));

        assertThat(bed.connection(GATEWAY).attached()).isEmpty();
        assertThat(bed.connection(OTHER_GATEWAY).attached()).containsExactly(SUB);
        bed.ask(OTHER_GATEWAY, LOGOUT, named(SUB));
        assertThat(bed.platform.log.events)
                .filteredOn(event -> event.kind() == Event.Kind.STATUS)
                .extracting(TestEvents::says)
                .containsExactly("online connected", "offline disconnected");
    }

    @Test
    void logging_out_ends_the_session_and_names_the_device() {
        bed.ask(LOGIN, claim(SUB, SUB_SECRET));

        assertThat(bed.ask(LOGOUT, named(SUB))).isEqualTo("{\"code\":200,\"data\":" + named(SUB) + "}");
        assertThat(bed.platform.sessions.isAttached(SUB)).isFalse();
        assertThat(bed.ask(LOGOUT, named(SUB))).isEqualTo("{\"code\":520,\"data\":{}}");
        assertThat(bed.ask(LOGOUT, "{}")).isEqualTo("{\"code\":460,\"data\":{}}");
    }

    @Test
    void a_batch_logs_out_all_or_nobody() {
        bed.ask(LOGIN, claim(SUB, SUB_SECRET));
        String both = "[" + named(SUB) + "," + named(SECOND) + "]";

        assertThat(bed.ask(BATCH_LOGOUT, both)).isEqualTo("{\"code\":520,\"data\":{}}");
        assertThat(bed.platform.sessions.isAttached(SUB)).isTrue();

        bed.ask(LOGIN, claim(SECOND, SUB_SECRET));
        assertThat(bed.ask(BATCH_LOGOUT, both)).isEqualTo("{\"code\":200,\"data\":" + both + "}");
        assertThat(bed.connection(GATEWAY).attached()).isEmpty();
    }

    private void link(DeviceId gateway, DeviceId... children) {
        bed.platform.belongings.topology.link(gateway, List.of(children), 2000);
    }

    private static String[] claims(List<DeviceId> devices) {
        return devices.stream().map(id -> claim(id, SUB_SECRET)).toArray(String[]::new);
    }

    private static String list(String... claims) {
        return List.of(claims).stream().collect(Collectors.joining(",", "{\"deviceList\":[", "]}"));
    }
}
