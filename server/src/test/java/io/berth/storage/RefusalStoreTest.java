package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.Channel;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.login.RefusalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class RefusalStoreTest {
    private static final int KEPT = 20;
    private static final Channel CLEAR = new Channel("mqtt", "[::1]:5000", "tcp", null);

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private RefusalStore refusals;

    RefusalStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        refusals = storage.refusals();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_every_part_of_a_refusal() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("clientId", "a|b=c\tand\\more\r\nlines");
        fields.put("名", "");
        Refusal whole = new Refusal(
                NOW,
                "none",
                id("d"),
                "d&pk",
                LoginFault.WRONG_SIGNATURE,
                "cause",
                "fix",
                fields,
                new SignatureCheck("hmacsha1", "content", "12345678", "87654321", Duration.ofMillis(-1500)),
                new Channel("mqtts", "1.2.3.4:5", "tls", "TLSv1.3"));

        refusals.add(whole);

        assertThat(refusals.newest(10)).containsExactly(whole);
        assertThat(refusals.find(id("d"), 10)).containsExactly(whole);
        assertThat(refusals.find(id("e"), 10)).isEmpty();
        assertThat(refusals.findClaimed("d&pk", 10)).containsExactly(whole);
        assertThat(refusals.findClaimed("d", 10)).isEmpty();
    }

    @Test
    void what_a_peer_may_send_does_not_break_the_store() {
        refusals.add(refusal(null, "nul \0 and surrogate \uD800 " + "x".repeat(1_000_000)));
        refusals.add(refusal(null, "next"));

        assertThat(refusals.newest(10)).hasSize(2);
        assertThat(refusals.newest(10).get(1).claimed())
                .startsWith("nul \uFFFD and")
                .hasSizeLessThan(5_000);
    }

    @Test
    void shows_the_newest_first_and_forgets_the_oldest() {
        IntStream.range(0, KEPT + 10).forEach(i -> refusals.add(refusal(id("d"), "c" + i)));

        assertThat(refusals.newest(2)).extracting(Refusal::claimed).containsExactly("c29", "c28");
        assertThat(refusals.find(id("d"), 100)).hasSize(KEPT).last().returns("c10", Refusal::claimed);
    }

    @Test
    void a_flood_is_dropped_and_counted() {
        IntStream.range(0, 200_000).forEach(i -> refusals.add(refusal(null, "c" + i)));

        assertThat(storage.load().refusalsDropped()).isPositive();
        assertThat(refusals.newest(100)).hasSize(KEPT);
    }

    private static Refusal refusal(@Nullable DeviceId device, String claimed) {
        return new Refusal(
                NOW, "none", device, claimed, LoginFault.UNKNOWN_DEVICE, "cause", "fix", Map.of(), null, CLEAR);
    }
}
