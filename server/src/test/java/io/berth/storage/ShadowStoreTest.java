package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.state.ShadowDocument;
import io.berth.core.state.ShadowStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ShadowStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private ShadowStore shadows;

    ShadowStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        storage.devices().insert(device("d"));
        shadows = storage.shadows();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_document_is_found_as_it_was_left() {
        ShadowDocument whole = new ShadowDocument(
                new Value.Fields(Map.of("a", new Value.Whole(1), "b", Value.Fields.of("c", new Value.Text("温")))),
                Value.Fields.of("a", new Value.Decimal(2)),
                Map.of("a", NOW, "b.c", NOW.plusMillis(1)),
                Map.of("a", NOW.plusMillis(2)),
                1_795_288_351_898L,
                NOW.plusSeconds(5));

        assertThat(shadows.change(id("d"), NOW, _ -> whole)).isEqualTo(whole);
        assertThat(shadows.find(id("d"))).contains(whole);
    }

    @Test
    void there_is_no_document_before_the_first_change_which_begins_with_an_empty_one() {
        List<ShadowDocument> met = new ArrayList<>();

        assertThat(shadows.find(id("d"))).isEmpty();
        shadows.change(id("d"), NOW, before -> {
            met.add(before);
            return before;
        });

        assertThat(met).containsOnly(ShadowDocument.empty(NOW));
    }

    @Test
    void a_change_that_throws_changes_nothing() {
        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> shadows.change(id("d"), NOW, _ -> {
                    throw new ProblemException(Problem.VERSION_CONFLICT, "too old");
                }));
        assertThat(shadows.find(id("d"))).isEmpty();

        ShadowDocument first = shadows.change(id("d"), NOW, ShadowStoreTest::next);
        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> shadows.change(id("d"), NOW, _ -> {
                    throw new ProblemException(Problem.VERSION_CONFLICT, "too old");
                }));
        assertThat(shadows.find(id("d"))).contains(first);
    }

    @Test
    void no_change_comes_between_another() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<ShadowDocument>> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                changes.add(threads.submit(() -> shadows.change(id("d"), NOW, ShadowStoreTest::next)));
            }
            for (Future<ShadowDocument> change : changes) {
                change.get();
            }
        }

        assertThat(shadows.find(id("d")).orElseThrow().version()).isEqualTo(100);
    }

    @Test
    void a_document_goes_with_its_device() {
        shadows.change(id("d"), NOW, ShadowStoreTest::next);

        storage.devices().delete(id("d"));

        assertRefused(Problem.DEVICE_NOT_FOUND, () -> shadows.change(id("d"), NOW, ShadowStoreTest::next));
        storage.devices().insert(device("d"));
        assertThat(shadows.find(id("d"))).isEmpty();
    }

    private static ShadowDocument next(ShadowDocument before) {
        Instant now = before.changed().plusSeconds(1);
        return new ShadowDocument(before.reported(), before.desired(), Map.of(), Map.of(), before.version() + 1, now);
    }
}
