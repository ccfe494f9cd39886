package io.berth.dialect.huawei.rest;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.caller.Rights;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.credential.Sha256;
import io.berth.core.login.LoginFault;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.Refusal;
import io.berth.core.login.RefusedCalls;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryCallers;
import io.berth.testing.MemoryNonces;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The vectors of spec huawei-iotda 6.2, and what must not pass.
final class EntranceTest {
    private static final String NAMES = "content-type;host;x-project-id;x-sdk-date";
    private static final String PLAIN = "47100239c51e8483ae0ddfc84cd28e3b42fa2aae75094f43ef162f2f4667f29c";
    private static final String DERIVED = "46869fe709a03e91297a240726cc94ab511b0f3509657af166cd1a00b2764386";
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final TestClock clock = new TestClock();
    private final Callers callers =
            new Callers(new MemoryCallers(), QUICK_HASHING, new AccessKeys(new MemoryAccessKeys(), clock), clock);
    private final MemoryNonces journal = new MemoryNonces();
    private final MemoryRefusals refusals = new MemoryRefusals();
    private final Entrance entrance = entrance(1000);

    @BeforeEach
    void make_the_key_on_the_day_of_the_vectors() {
        clock.advance(Duration.between(TestClock.START, Instant.parse("2024-01-02T03:04:05Z")));
        callers.accessKeys().create(new AccessKeys.Wanted("ak1", new Secret("sk1"), "", Rights.ALL));
    }

    @Test
    void the_canonical_request_has_the_digest_of_the_vector() {
        assertThat(new CanonicalRequest(request(), request().payload(), List.of(NAMES.split(";"))).texts())
                .extracting(Sha256::hex)
                .containsExactly("d0213d5780e1f7359791e608e5aef90d533ac798acf46a67027dee2e458010e3");
    }

    @Test
    void a_plain_signature_is_accepted() {
        assertThat(admitted(request().with("Authorization", plain(PLAIN)))).isEqualTo("ak1");
    }

    @Test
    void a_derived_signature_is_accepted() {
        assertThat(admitted(request().with("Authorization", derived("20240102", DERIVED))))
                .isEqualTo("ak1");
    }

    @Test
    void a_signature_in_capitals_is_the_same() {
        assertThat(admitted(request().with("Authorization", plain(PLAIN.toUpperCase(Locale.ROOT)))))
                .isEqualTo("ak1");
    }

    @Test
    void a_tampered_body_path_query_header_or_method_is_refused() {
        SentRequest signed = request().with("Authorization", plain(PLAIN));
        for (SentRequest tampered : List.of(
                signed.withBody("{\"app_name\":\"rug\"}"),
                signed.withTarget("/v5/iot/p2/apps"),
                signed.withTarget("/v5/iot/p1/apps?limit=1"),
                signed.with("X-Project-Id", "p2"),
                signed.with("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"),
                signed.with("X-Sdk-Date", "20240102T030406Z"),
                new SentRequest("PUT", signed.path(), "", signed.headers(), signed.payload()))) {
            assertThatThrownBy(() -> admitted(tampered)).as(tampered.toString()).isInstanceOf(RestException.class);
        }
    }

    /// Spec huawei-iotda 6.1: the value of the header counts.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_may_be_signed_by_the_hash_in_its_header_however_it_is_written(boolean capitals) {
        String hash = Sha256.hex(request().payload().text());
        String said = capitals ? hash.toUpperCase(Locale.ROOT) : hash;
        String headers = "x-sdk-content-sha256:" + said + "\nx-sdk-date:20240102T030405Z\n";
        String canonical = "POST\n/v5/iot/p1/apps/\n\n" + headers + "\nx-sdk-content-sha256;x-sdk-date\n" + said;
        byte[] digest =
                Hmac.SHA256.sign(new Secret("sk1"), "SDK-HMAC-SHA256\n20240102T030405Z\n" + Sha256.hex(canonical));
        SentRequest signed = request()
                .with("X-Sdk-Content-Sha256", said)
                .with(
                        "Authorization",
                        "SDK-HMAC-SHA256 Access=ak1, SignedHeaders=x-sdk-content-sha256;x-sdk-date, Signature="
                                + HexFormat.of().formatHex(digest));

        assertThat(admitted(signed)).isEqualTo("ak1");
        assertThatThrownBy(() -> admitted(signed.withBody("{\"app_name\":\"rug\"}")))
                .isInstanceOf(RestException.class);
    }

    @Test
    void an_unknown_key_and_a_wrong_secret_are_refused_in_the_same_words() {
        String unknown = plain(PLAIN).replace("Access=ak1", "Access=ak2");
        assertThatThrownBy(() -> admitted(request().with("Authorization", unknown)))
                .hasMessage("Incorrect IAM authentication information: verify aksk signature fail");
        assertThatThrownBy(() -> admitted(request().with("Authorization", plain(DERIVED))))
                .hasMessage("Incorrect IAM authentication information: verify aksk signature fail");
    }

    @ParameterizedTest
    @ValueSource(longs = {-900, -899, 0, 899, 900})
    void the_date_may_be_a_quarter_of_an_hour_off(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        assertThat(admitted(request().with("Authorization", plain(PLAIN)))).isEqualTo("ak1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901, 86_400})
    void a_date_further_off_is_refused(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        assertThatThrownBy(() -> admitted(request().with("Authorization", plain(PLAIN))))
                .hasMessageContaining("15 minutes");
    }

    @Test
    void a_signed_change_may_be_identical_to_another_of_the_same_second_and_is_not_taken_later() {
        SentRequest signed = request().with("Authorization", plain(PLAIN));
        admitted(signed);
        clock.advance(Duration.ofSeconds(10));
        assertThat(admitted(signed)).isEqualTo("ak1");
        clock.advance(Duration.ofSeconds(1));

        for (SentRequest replay :
                List.of(signed, signed.with("Authorization", plain(PLAIN.toUpperCase(Locale.ROOT))))) {
            assertThatThrownBy(() -> admitted(replay)).hasMessageContaining("used already");
        }
        assertThat(refusals.newest(1).getFirst().fault()).isEqualTo(LoginFault.REPLAYED);
    }

    @Test
    void a_signed_change_is_not_taken_again_after_a_start() {
        SentRequest signed = request().with("Authorization", plain(PLAIN));
        admitted(signed);
        clock.advance(Duration.ofSeconds(11));
        Entrance started = entrance(1000);

        assertThatThrownBy(() -> started.admit(signed, signed.payload())).hasMessageContaining("used already");
    }

    @Test
    void a_derived_signature_is_of_the_day_of_its_date() {
        assertThatThrownBy(() -> admitted(request().with("Authorization", derived("20240103", DERIVED))))
                .isInstanceOf(RestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer x",
                "SDK-HMAC-SHA256 ",
                "SDK-HMAC-SHA256 Access=ak1",
                "SDK-HMAC-SHA256 Access=ak1, SignedHeaders=host",
                "SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=00",
                "SDK-HMAC-SHA256 Access=ak1, SignedHeaders=;, Signature=00",
                "V11-HMAC-SHA256 Credential=ak1, SignedHeaders=host, Signature=00",
                "V11-HMAC-SHA256 Credential=ak1/20240102/r/ecs, SignedHeaders=host, Signature=00",
                "V11-HMAC-SHA256 Credential=ak1/2024/r/iotdm, SignedHeaders=host, Signature=00",
                "V11-HMAC-SHA256 Credential=/20240102/r/iotdm, SignedHeaders=host, Signature=\u00e4"
            })
    void whatever_is_no_signature_is_refused(String authorization) {
        assertThatThrownBy(() -> admitted(request().with("Authorization", authorization)))
                .isInstanceOf(RestException.class)
                .hasMessageStartingWith("Incorrect IAM authentication information: ");
    }

    @Test
    void a_token_is_taken_and_another_one_is_not() {
        Secret token = callers.createToken("ann", Rights.ALL, Duration.ofHours(1));
        assertThat(admitted(request().with("X-Auth-Token", token.reveal()))).isEqualTo("ann");
        for (String wrong : List.of("", "x", token.reveal() + "x", "two words", "x".repeat(5000))) {
            assertThatThrownBy(() -> admitted(request().with("X-Auth-Token", wrong)))
                    .isInstanceOf(RestException.class);
        }
        clock.advance(Duration.ofHours(2));
        assertThatThrownBy(() -> admitted(request().with("X-Auth-Token", token.reveal())))
                .isInstanceOf(RestException.class);
    }

    @Test
    void the_operator_sees_a_refused_token_but_not_which() {
        String token = "a-token-that-nobody-issued";
        assertThatThrownBy(() -> admitted(request().with("X-Auth-Token", token)))
                .isInstanceOf(RestException.class);

        Refusal refusal = refusals.newest(10).getFirst();
        assertThat(refusal.fault()).isEqualTo(LoginFault.UNKNOWN_CALLER);
        assertThat(refusal.cause()).contains("X-Auth-Token");
        assertThat(refusal.channel()).isEqualTo(new Refusal.Channel("web", "192.0.2.7", "https", null));
        assertThat(refusal.toString()).doesNotContain(token);
    }

    @Test
    void the_operator_sees_what_had_to_be_signed_and_what_is_wrong() {
        assertThatThrownBy(() -> admitted(request().with("Authorization", plain(DERIVED))))
                .isInstanceOf(RestException.class);
        Refusal refusal = refusals.newest(10).getFirst();
        assertThat(refusal.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(refusal.cause()).contains("ak1");
        assertThat(Objects.requireNonNull(refusal.check()).content())
                .contains("/v5/iot/p1/apps/", "host:127.0.0.1:8080")
                .doesNotContain("sk1");
    }

    @Test
    void a_disabled_key_is_refused_though_it_signs() {
        callers.accessKeys().enable("ak1", false);
        assertThatThrownBy(() -> admitted(request().with("Authorization", plain(PLAIN))))
                .hasMessage("Incorrect IAM authentication information: verify aksk signature fail");
        assertThat(refusals.newest(10).getFirst().fault()).isEqualTo(LoginFault.CALLER_DISABLED);
    }

    @Test
    void too_many_wrong_calls_close_the_door_to_an_address() {
        Entrance strict = entrance(3);
        SentRequest right = request().with("Authorization", plain(PLAIN));
        SentRequest wrong = request().with("Authorization", plain(DERIVED));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> strict.admit(wrong, wrong.payload())).isInstanceOf(RestException.class);
        }
        assertRefused(Problem.OVERLOADED, () -> strict.admit(right, right.payload()));
    }

    private Entrance entrance(int maxFailures) {
        LoginGuard guard = new LoginGuard(maxFailures, Duration.ofDays(2), 100, clock);
        RefusedCalls refused = new RefusedCalls(refusals, clock);
        return new Entrance(
                callers,
                new RestServices.Doors(
                        new PasswordLogins(callers, guard, refused), guard, refused, new Nonces(journal, 4, clock)),
                TOLERANCE,
                clock);
    }

    private String admitted(SentRequest request) {
        return entrance.admit(request, request.payload()).name();
    }

    private static String plain(String signature) {
        return "SDK-HMAC-SHA256 Access=ak1, SignedHeaders=" + NAMES + ", Signature=" + signature;
    }

    private static String derived(String day, String signature) {
        return "V11-HMAC-SHA256 Credential=ak1/" + day + "/cn-north-4/iotdm, SignedHeaders=" + NAMES + ", Signature="
                + signature;
    }

    private static SentRequest request() {
        return SentRequest.of("POST", "/v5/iot/p1/apps", "{\"app_name\":\"rig\"}")
                .with("Content-Type", "application/json")
                .with("Host", "127.0.0.1:8080")
                .with("X-Project-Id", "p1")
                .with("X-Sdk-Date", "20240102T030405Z");
    }
}
