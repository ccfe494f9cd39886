package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunHttpBed.JSON;
import static io.berth.dialect.aliyun.device.AliyunHttpBed.fault;
import static io.berth.dialect.aliyun.device.AliyunHttpBed.login;
import static io.berth.dialect.aliyun.device.AliyunHttpBed.tokenIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.message.Uplink;
import io.berth.dialect.HttpFault;
import io.berth.dialect.Post;
import io.berth.dialect.Post.Result;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunHttpTest {
    private static final String UPDATE = "/topic/a1pk/dev1/user/update";

    private final AliyunHttpBed bed = new AliyunHttpBed();

    @Test
    void a_message_under_a_token_is_what_a_publish_on_its_topic_is() {
        Result report = bed.report(bed.token(), UPDATE, "hello");

        assertThat(report.body())
                .matches("\\{\"code\":0,\"message\":\"success\",\"info\":\\{\"messageId\":[0-9]{19}}}");
        assertThat(report.uplink()).isInstanceOf(Uplink.Message.class);
        Uplink uplink = Objects.requireNonNull(report.uplink());
        assertThat(uplink.topic()).isEqualTo("/a1pk/dev1/user/update");
        assertThat(uplink.payload().text()).isEqualTo("hello");
    }

    @Test
    void message_ids_differ_and_grow_also_over_a_restart() {
        String first = bed.report(bed.token(), UPDATE, "1").body();
        String second = bed.report(bed.token(), UPDATE, "2").body();
        bed.clock.advance(Duration.ofMillis(1));
        String afterRestart =
                bed.report(bed.dialect().open(), bed.token(), UPDATE, "3").body();

        assertThat(second).isGreaterThan(first);
        assertThat(afterRestart).isGreaterThan(second);
    }

    @Test
    void a_property_post_is_read_as_one() {
        Result report = bed.report(
                bed.token(),
                "/topic/sys/a1pk/dev1/thing/event/property/post",
                "{\"id\":\"1\",\"params\":{\"Temp\":21.5}}");

        assertThat(report.uplink()).isInstanceOf(Uplink.PropertyReport.class);
    }

    @Test
    void what_is_not_understood_is_a_publish_error() {
        Result report = bed.report(bed.token(), "/topic/sys/a1pk/dev1/thing/event/property/post", "no json");

        assertThat(report.body()).isEqualTo("{\"code\":30001,\"message\":\"publish message error\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/a1pk/other/user/update",
                "/topic/sys/a1pk/other/thing/event/property/post",
                "/topic/a1pk/dev1/user/undeclared",
                "/topic/a1pk/dev1/user/get",
            })
    void a_device_publishes_only_where_it_may(String path) {
        assertThat(bed.report(bed.token(), path, "x").body())
                .isEqualTo("{\"code\":30001,\"message\":\"publish message error\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/",
                "/topic//a1pk/dev1/user/update",
                "/topic/a1pk/dev1/user/update/",
                "/topic/a1pk//dev1/user/update",
                "/topic/a1pk/other/../dev1/user/update",
                "/topic/a1pk/other/%2e%2e/dev1/user/update",
                "/topic/a1pk/dev1/./user/update",
                "/topic/a1pk%2Fdev1/user/update",
                "/topic/a1pk/dev1/user%00/update",
                "/topic/a1pk/dev1/user/%",
                "/topic/a1pk/dev1/user/%zz",
                "/topic/a1pk/dev1/user/%2",
                "/topic/a1pk/dev1/user/%25",
                "/topic/a1pk/dev1/user/%3fx=1",
                "/topic/a1pk/dev1/user/%ff",
                "/topic/a1pk/dev1/user/+",
                "/topic/a1pk/dev1/user/#",
                "/topic/a1pk/dev1/user/\u00e9",
            })
    void a_path_that_names_no_plain_topic_is_a_parameter_error(String path) {
        Result report = bed.report(bed.token(), path, "x");

        assertThat(report.body()).isEqualTo("{\"code\":10001,\"message\":\"param error\"}");
        assertThat(report.uplink()).isNull();
    }

    @Test
    void a_percent_sign_stands_for_a_character_of_a_name() {
        bed.device("a1pk", "a@b:c");
        String content = "clientIdcdeviceNamea@b:cproductKeya1pk";
        String token = tokenIn(bed.auth(login("a@b:c", content, "")));

        assertThat(bed.report(token, "/topic/a1pk/a%40b%3Ac/user/update", "x").body())
                .startsWith("{\"code\":0,");
    }

    @Test
    void a_query_and_another_content_type_are_parameter_errors() {
        Map<String, String> headers = Map.of("content-type", "application/octet-stream", "password", bed.token());
        Post plain = Post.of(bed.clock, UPDATE, headers, "x");

        assertThat(bed.at(plain.withQuery("_sn=default")).body()).contains("10001");
        assertThat(bed.at(plain.withQuery("")).body()).contains("10001");
        assertThat(bed.post(UPDATE, Map.of("password", bed.token()), "x").body())
                .contains("10001");
        assertThat(bed.at(plain).body()).contains("\"code\":0");
    }

    @Test
    void only_post_is_served() {
        assertThat(bed.at(Post.of(bed.clock, UPDATE, Map.of(), "").by("PUT"))
                        .answer()
                        .status())
                .isEqualTo(405);
        assertThat(bed.at(Post.of(bed.clock, "/auth", JSON, "").by("GET"))
                        .answer()
                        .status())
                .isEqualTo(405);
        assertThat(bed.at(Post.of(bed.clock, "/auth/other", JSON, "")).answer().status())
                .isEqualTo(404);
    }

    @Test
    void tokens_are_told_apart_by_what_is_wrong_with_them() {
        String token = bed.token();

        assertThat(bed.post(UPDATE, Map.of("content-type", "application/octet-stream"), "x")
                        .body())
                .isEqualTo("{\"code\":20002,\"message\":\"token is null\"}");
        assertThat(bed.report("", UPDATE, "x").body()).contains("20002");
        assertThat(bed.report("forged", UPDATE, "x").body())
                .isEqualTo("{\"code\":20003,\"message\":\"check token error\"}");
        bed.clock.advance(Duration.ofDays(7));
        assertThat(bed.report(token, UPDATE, "x").body())
                .isEqualTo("{\"code\":20001,\"message\":\"token is expired\"}");
    }

    @Test
    void a_new_login_does_not_end_the_older_token() {
        String older = bed.token();
        bed.clock.advance(Duration.ofHours(1));
        bed.token();

        assertThat(bed.report(older, UPDATE, "x").body()).contains("\"code\":0");
    }

    @Test
    void a_token_ends_with_its_device_and_while_the_connection_lasts() {
        String token = bed.token();
        assertThat(bed.report(token, UPDATE, "x").body()).contains("\"code\":0");
        DeviceId id = new DeviceId("a1pk", "dev1");

        bed.platform.devices.enable(id, false);
        assertThat(bed.report(token, UPDATE, "x").body()).contains("20000");
        bed.platform.devices.enable(id, true);
        assertThat(bed.report(token, UPDATE, "x").body()).contains("\"code\":0");
        bed.platform.devices.reset(id, null);
        assertThat(bed.report(token, UPDATE, "x").body()).contains("20003");
        bed.platform.devices.delete(id);
        Result deleted = bed.report(token, UPDATE, "x");

        assertThat(deleted.body()).contains("20003");
        assertThat(fault(deleted)).isEqualTo(LoginFault.UNKNOWN_DEVICE);
    }

    @Test
    void two_devices_may_share_a_connection() {
        String one = bed.token();
        String other = tokenIn(bed.auth(login("other", "clientIdcdeviceNameotherproductKeya1pk", "")));

        for (int i = 0; i < 3; i++) {
            assertThat(bed.report(one, UPDATE, "x").body()).contains("\"code\":0");
            assertThat(bed.report(other, "/topic/a1pk/other/user/update", "x").body())
                    .contains("\"code\":0");
            assertThat(bed.report(other, UPDATE, "x").body()).contains("30001");
        }
    }

    @Test
    void faults_nobody_is_to_blame_for_have_codes_too() {
        assertThat(bed.dialect().answer(HttpFault.TOO_MANY).body().text())
                .isEqualTo("{\"code\":40000,\"message\":\"request too many\"}");
        assertThat(bed.dialect().answer(HttpFault.UNAVAILABLE).body().text())
                .isEqualTo("{\"code\":10000,\"message\":\"common error\"}");
        assertThat(bed.dialect().answer(HttpFault.TOO_LARGE).body().text()).contains("10001");
    }
}
