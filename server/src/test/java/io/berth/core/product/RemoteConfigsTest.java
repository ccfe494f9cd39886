package io.berth.core.product;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.testing.MemoryBelongings;
import io.berth.testing.MemoryRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RemoteConfigsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00.123Z"));

    private final Products products = new Products(new MemoryRegistry().products(), CLOCK, _ -> {});
    private final RemoteConfigs configs = new RemoteConfigs(new MemoryBelongings().configs, products, CLOCK);

    @BeforeEach
    void a_product() {
        products.create(
                new Products.Draft("p", "a1pk", null, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false));
    }

    @Test
    void what_is_published_has_a_digest_and_an_id_of_its_own() {
        RemoteConfig first = configs.publish("a1pk", Payload.of("{}"));
        RemoteConfig second = configs.publish("a1pk", Payload.of("{}"));

        assertThat(first.sha256()).isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(first.id()).matches("[0-9a-f]{32}");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.created()).isEqualTo(CLOCK.instant());
        assertThat(configs.find("a1pk")).contains(second);
        assertThat(configs.findById(second.id())).contains(second);
        assertThat(configs.findById(first.id())).isEmpty();
    }

    @Test
    void more_than_64_kilobytes_and_what_is_no_text_are_refused() {
        Payload largest = Payload.of(new byte[RemoteConfig.MAX_BYTES]);

        assertThat(configs.publish("a1pk", largest).content()).isEqualTo(largest);
        assertUnfit(
                () -> configs.publish("a1pk", Payload.of(new byte[RemoteConfig.MAX_BYTES + 1])),
                "at most 65536 bytes, not 65537");
        assertUnfit(() -> configs.publish("a1pk", Payload.of(new byte[] {(byte) 0xff})), "no text");
    }

    @Test
    void devices_get_it_only_while_it_is_enabled() {
        assertThat(configs.isEnabled("a1pk")).isFalse();

        configs.enable("a1pk", true);
        assertThat(configs.isEnabled("a1pk")).isTrue();

        configs.enable("a1pk", false);
        assertThat(configs.isEnabled("a1pk")).isFalse();
    }

    @Test
    void only_a_product_has_a_configuration() {
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> configs.find("none"));
    }

    private static void assertUnfit(Runnable call, String sentence) {
        assertRefused(Problem.INVALID_ARGUMENT, call::run).hasMessageContaining(sentence);
    }
}
