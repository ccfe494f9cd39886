package io.berth.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.login.RefusedCalls.RefusedCall;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RefusedCallsTest {
    private final TestClock clock = new TestClock();
    private final MemoryRefusals refusals = new MemoryRefusals();
    private final RefusedCalls calls = new RefusedCalls(refusals, clock);

    @Test
    void a_refused_call_is_found_by_the_key_it_named() {
        SignatureCheck check =
                new SignatureCheck("HMAC-SHA1", "GET&%2F&", "0123456789", "9876543210", Duration.ofMinutes(20));
        calls.record(new RefusedCall(
                "aliyun",
                "LTAI1",
                new CallPeer("10.0.0.9", false),
                LoginFault.CLOCK_SKEW,
                "the time is off",
                "set the clock",
                Map.of("Action", "Pub"),
                check));

        Refusal kept = refusals.findClaimed("LTAI1", 10).getFirst();
        assertThat(kept.time()).isEqualTo(clock.instant());
        assertThat(kept.dialect()).isEqualTo("aliyun");
        assertThat(kept.device()).isNull();
        assertThat(kept.check()).isEqualTo(check);
        assertThat(kept.channel()).isEqualTo(new Refusal.Channel("web", "10.0.0.9", "http", null));
    }

    @Test
    void a_refused_call_tells_whether_it_came_encrypted() {
        for (boolean encrypted : new boolean[] {false, true}) {
            calls.record(new RefusedCall(
                    "native",
                    "ann",
                    new CallPeer("10.0.0.9", encrypted),
                    LoginFault.UNKNOWN_CALLER,
                    "c",
                    "f",
                    Map.of(),
                    null));
        }

        assertThat(refusals.findClaimed("ann", 10))
                .extracting(kept -> kept.channel().transport())
                .containsExactly("https", "http");
    }

    @Test
    void a_key_id_of_any_length_is_cut() {
        RefusedCall call = new RefusedCall(
                "huawei",
                "k".repeat(5_000),
                new CallPeer("::1", true),
                LoginFault.UNKNOWN_CALLER,
                "c",
                "f",
                Map.of(),
                null);

        assertThat(call.claimed()).hasSize(128);
    }
}
