package io.berth.storage;

import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.Product;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one database: what one changes reaches what the other has in memory.
@SuppressWarnings("NullAway.Init") // made before each test
final class TwoNodesTest {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private Storage one;
    private Storage other;

    @BeforeEach
    void open() {
        String url = PostgresServer.running().newSchema();
        one = open(url);
        other = open(url);
        one.products().insert(product("pk"));
        one.devices().insert(device("d"));
    }

    private Storage open(String url) {
        return Storage.open(Samples.config(url), directory, MasterKey.load(directory, Samples.KEY), clock);
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
    }

    @Test
    void a_changed_product_is_seen_after_five_seconds() {
        assertThat(other.products().find("pk")).contains(product("pk"));
        one.products().update(product("pk").withReleased(true));
        clock.advance(CacheAge.SHARED);

        assertThat(other.products().find("pk").map(Product::released)).contains(true);
    }

    @Test
    void a_disabled_device_is_seen_after_five_seconds() {
        assertThat(other.devices().find(id("d"))).contains(device("d"));
        one.devices().update(device("d").withEnabled(false));
        clock.advance(CacheAge.SHARED);

        assertThat(other.devices().find(id("d"))).contains(device("d").withEnabled(false));
    }

    @Test
    void two_products_of_one_name_that_are_made_at_once_are_one() {
        for (int i = 0; i < 20; i++) {
            String name = "pump " + i;
            List<CompletableFuture<Boolean>> made =
                    List.of(inserted(one, "a" + i, name), inserted(other, "b" + i, name));

            assertThat(made).extracting(CompletableFuture::join).containsExactlyInAnyOrder(true, false);
        }
    }

    private static CompletableFuture<Boolean> inserted(Storage node, String key, String name) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                node.products().insert(product(key, name));
                return true;
            } catch (ProblemException e) {
                assertThat(e.problem()).isEqualTo(Problem.PRODUCT_EXISTS);
                return false;
            }
        });
    }
}
