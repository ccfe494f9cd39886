package io.berth.dialect.aliyun.device;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.enrol.EnrolmentLimits;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.message.Qos;
import io.berth.core.product.Product.Registration;
import io.berth.dialect.MqttLogins.Outcome;
import io.berth.dialect.Outgoing.Publish;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// Registration by the product's secret over MQTT (spec aliyun-device 1.4), and the logins that follow.
final class AliyunApplicationTest {
    private final RegistrationBed bed = new RegistrationBed();

    @ParameterizedTest(name = "{0} -> {6}")
    @CsvFileSource(resources = "/vectors/aliyun-registrations.csv", delimiter = ';', numLinesToSkip = 1)
    void answers_each_vector_with_its_code(
            String what, String clientId, String username, String password, int keepAlive, boolean secure, int code) {
        assertThat(bed.code(clientId, username, password == null ? "" : password, keepAlive, secure))
                .isEqualTo(code);
    }

    @Test
    void a_registered_device_is_pushed_its_secret_byte_for_byte() {
        assertThat(pushed("register", "dev1"))
                .containsExactly("/ext/register {\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"deviceSecret\":\""
                        + RegistrationBed.SECRET + "\"}");
    }

    @Test
    void trying_again_before_the_first_login_gives_the_same() {
        assertThat(pushed("register", "dev1")).isEqualTo(pushed("register", "dev1"));
    }

    @Test
    void one_that_nobody_registered_is_pushed_its_token_on_both_topics() {
        List<String> pushes = pushed("regnwl", "fresh");

        assertThat(pushes).hasSize(2);
        String json = pushes.getFirst().substring("/ext/regnwl ".length());
        assertThat(pushes).containsExactly("/ext/regnwl " + json, "/ext/register " + json);
        assertThat(json)
                .matches("\\{\"clientId\":\"[0-9a-f]{32}\",\"productKey\":\"a1pk\",\"deviceName\":\"fresh\","
                        + "\"deviceToken\":\"[0-9a-f]{32}\"}");
        assertThat(bed.platform.devices.find(new DeviceId("a1pk", "fresh"))).isPresent();
    }

    @Test
    void securemode_decides_nothing() {
        for (String mode : List.of("2", "-2", "3", "")) {
            assertThat(bed.code(clientId("register", "dev1", "securemode=" + mode), "dev1&a1pk", signed("dev1")))
                    .isZero();
            assertThat(bed.code(clientId("regnwl", "n", "securemode=" + mode), "n&a1pk", signed("n")))
                    .isZero();
        }
    }

    @Test
    void a_random_may_come_again_because_an_old_sdk_has_only_one() {
        assertThat(pushed("register", "dev1")).hasSize(1);
        assertThat(pushed("register", "dev1")).hasSize(1);
    }

    @Test
    void a_device_logs_in_with_what_it_was_given() {
        Credentials given = Credentials.of(pushed("regnwl", "fresh"));

        assertThat(bed.login(given.clientId(), "fresh&a1pk", given.token())).isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"-,", "cid01,-", ",another", ",''"})
    void another_client_id_or_token_is_refused(String clientId, String token) {
        Credentials given = Credentials.of(pushed("regnwl", "fresh"));
        String id = clientId == null ? given.clientId() : clientId;

        Outcome outcome = bed.login(id, "fresh&a1pk", token == null ? given.token() : token);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.answer().code()).isEqualTo(4));
    }

    @Test
    void a_token_is_good_for_its_own_name_only() {
        Credentials given = Credentials.of(pushed("regnwl", "fresh"));
        pushed("regnwl", "other");

        assertThat(bed.login(given.clientId(), "other&a1pk", given.token())).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_disabled_device_learns_so_only_with_the_right_token() {
        Credentials given = Credentials.of(pushed("regnwl", "fresh"));
        bed.platform.devices.enable(new DeviceId("a1pk", "fresh"), false);

        assertThat(refusal(bed.login(given.clientId(), "fresh&a1pk", given.token()))
                        .fault())
                .isEqualTo(LoginFault.DEVICE_DISABLED);
        assertThat(refusal(bed.login(given.clientId(), "fresh&a1pk", "guess")).fault())
                .isEqualTo(LoginFault.WRONG_SIGNATURE);
    }

    @Test
    void a_login_with_a_token_says_which_part_is_wrong_to_the_operator_only() {
        Credentials given = Credentials.of(pushed("regnwl", "fresh"));

        assertThat(refusal(bed.login("cid01", "fresh&a1pk", given.token())).cause())
                .contains("client id \"cid01\" is none of those given out");
        assertThat(refusal(bed.login(given.clientId(), "fresh&a1pk", "guess")).cause())
                .contains("not the token");
        assertThat(refusal(bed.login(given.clientId(), "nobody&a1pk", given.token()))
                        .fault())
                .isEqualTo(LoginFault.UNKNOWN_DEVICE);
        assertThat(refusal(bed.login("cid01", "fresh&a1pk", given.token())).toString())
                .doesNotContain(given.token());
    }

    @Test
    void two_physical_devices_of_a_name_are_a_risk_once_both_are_online() {
        Credentials one = Credentials.of(pushed("regnwl", "fresh"));
        Credentials two = Credentials.of(pushed("regnwl", "fresh"));
        DeviceId device = new DeviceId("a1pk", "fresh");

        bed.opened(bed.login(one.clientId(), "fresh&a1pk", one.token()));
        bed.login(two.clientId(), "fresh&a1pk", two.token()); // never online
        assertThat(bed.platform.units.shared(null, null, 10)).isEmpty();

        bed.opened(bed.login(two.clientId(), "fresh&a1pk", two.token()));
        assertThat(bed.platform.units.shared(null, null, 10)).containsExactly(device);
    }

    @Test
    void the_sixth_of_a_name_is_refused() {
        IntStream.range(0, 5).forEach(_ -> pushed("regnwl", "fresh"));

        assertThat(refused("regnwl", "fresh").fault()).isEqualTo(LoginFault.NO_ROOM);
    }

    @Test
    void a_flood_is_told_to_come_later() {
        bed.limits(new EnrolmentLimits(5, 10, 1, 10));
        pushed("register", "dev1");

        Outcome.Refused refused =
                (Outcome.Refused) bed.enrol(clientId("register", "dev1", ""), "dev1&a1pk", signed("dev1"));
        assertThat(refused.answer().code()).isEqualTo(3);
        assertThat(refused.refusal().fault()).isEqualTo(LoginFault.TOO_MANY_REGISTRATIONS);
    }

    @Test
    void every_refusal_says_what_to_do() {
        assertThat(refused("register", "nobody"))
                .returns(LoginFault.UNKNOWN_DEVICE, Refusal::fault)
                .satisfies(refusal -> assertThat(refusal.cause()).contains("no device \"nobody\""));

        bed.platform
                .registry
                .devices()
                .recordPresence(
                        List.of(new Presence(new DeviceId("a1pk", "dev1"), Instant.EPOCH, "192.0.2.1:1", true)));
        assertThat(refused("register", "dev1"))
                .returns(LoginFault.ALREADY_ACTIVATED, Refusal::fault)
                .satisfies(refusal -> assertThat(refusal.fix()).contains("berth device reset a1pk dev1"));

        bed.platform.products.register("a1pk", new Registration(true, false));
        assertThat(refused("regnwl", "fresh"))
                .returns(LoginFault.REGISTRATION_OFF, Refusal::fault)
                .satisfies(refusal ->
                        assertThat(refusal.fix()).contains("berth product update a1pk --without-preregistration on"));

        bed.platform.products.register("a1pk", new Registration(false, null));
        assertThat(refused("register", "dev1"))
                .returns(LoginFault.REGISTRATION_OFF, Refusal::fault)
                .satisfies(refusal ->
                        assertThat(refusal.fix()).contains("berth product update a1pk --dynamic-registration on"));
    }

    @Test
    void a_wrong_signature_is_shown_with_the_text_to_sign() {
        Refusal refusal = refusal(bed.login(
                "x|random=123,authType=register,signmethod=hmacsha256|",
                "dev1&a1pk",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                true));

        SignatureCheck check = requireNonNull(refusal.check());
        assertThat(check.content()).isEqualTo("deviceNamedev1productKeya1pkrandom123");
        assertThat(check.expectedPrefix()).isEqualTo("b6b67155");
        assertThat(check.givenPrefix()).isEqualTo("00112233");
        assertThat(refusal.device()).hasToString("a1pk/dev1");
        assertThat(refusal.fields()).containsEntry("authtype", "register").containsEntry("random", "123");
    }

    @ParameterizedTest
    @CsvSource({
        "hmacsha1, deviceNamedev1productKeya1pkrandom123, right for hmacsha1",
        "hmacsha256, deviceNamea1pkproductKeydev1random123, swapped",
        "hmacsha256, deviceNamedev1productKeya1pk, not signed",
        "hmacsha256, dev1a1pk123, only the values",
        "hmacsha256, deviceName=dev1&productKey=a1pk&random=123, with = and &",
    })
    void the_likely_mistake_is_named(String method, String signed, String cause) {
        Hmac hmac = AliyunSign.method(method).orElseThrow();
        String password = AliyunFleet.sign(hmac, "PRODSECRET000001", signed);

        assertThat(refusal(bed.login(
                                "x|random=123,authType=register,signmethod=hmacsha256|", "dev1&a1pk", password, true))
                        .cause())
                .contains(cause);
    }

    @Test
    void a_secret_sent_in_clear_is_recognised_and_never_shown() {
        Refusal refusal = refusal(bed.login(
                "x|random=123,authType=register,signmethod=hmacsha256|", "dev1&a1pk", "PRODSECRET000001", true));

        assertThat(refusal.cause()).contains("the product secret itself");
        assertThat(refusal.toString()).doesNotContain("PRODSECRET000001");
    }

    @Test
    void a_rehearsal_gives_nothing_away() {
        Outcome outcome = bed.login(clientId("regnwl", "fresh", ""), "fresh&a1pk", signed("fresh"), true);

        assertThat(outcome).isInstanceOf(Outcome.Admitted.class);
        assertThat(bed.platform.devices.find(new DeviceId("a1pk", "fresh"))).isEmpty();
    }

    @Test
    void a_store_that_is_gone_is_no_fault_of_the_device() {
        bed.platform.registry.gone = true;

        Outcome outcome = bed.enrol(clientId("register", "dev1", ""), "dev1&a1pk", signed("dev1"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.answer().code()).isEqualTo(3));
        assertThat(refusal(outcome).fault()).isEqualTo(LoginFault.UNAVAILABLE);
    }

    private record Credentials(String clientId, String token) {
        static Credentials of(List<String> pushes) {
            String[] quoted = pushes.getFirst().split("\"");
            return new Credentials(quoted[3], quoted[15]);
        }
    }

    private List<String> pushed(String authType, String name) {
        Outcome outcome = bed.enrol(clientId(authType, name, ""), name + "&a1pk", signed(name));
        assertThat(outcome).isInstanceOf(Outcome.Enrolled.class);
        List<Publish> credentials = ((Outcome.Enrolled) outcome).credentials();
        assertThat(credentials).allSatisfy(each -> assertThat(each.qos()).isEqualTo(Qos.AT_MOST_ONCE));
        return credentials.stream()
                .map(each -> each.topic() + " " + each.payload().text())
                .toList();
    }

    private Refusal refused(String authType, String name) {
        Outcome outcome = bed.enrol(clientId(authType, name, ""), name + "&a1pk", signed(name));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.answer().code()).isEqualTo(4));
        return refusal(outcome);
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal();
    }

    private static String clientId(String authType, String name, String more) {
        return name + ".a1pk|authType=" + authType + ",random=123,signmethod=hmacsha256," + more + "|";
    }

    private static String signed(String name) {
        return AliyunFleet.sign(Hmac.SHA256, "PRODSECRET000001", "deviceName" + name + "productKeya1pkrandom123");
    }
}
