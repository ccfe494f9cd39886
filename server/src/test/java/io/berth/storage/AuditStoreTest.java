package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.audit.AuditRecord;
import io.berth.core.audit.AuditStore;
import io.berth.core.audit.AuditStore.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class AuditStoreTest {
    private static final Wanted ALL = new Wanted(null, null, null, null, null, null, null);
    private static final AuditRecord ANN = record(0, "ann", "native", "POST /products", "pk", "ok");
    private static final AuditRecord KEY = record(1, "LTAI1", "aliyun", "DeleteDevice", "pk/d_1", "ok");
    private static final AuditRecord REFUSED = record(1, "LTAI1", "aliyun", "DeleteProduct", "pk", "FORBIDDEN");
    private static final AuditRecord OTHER = record(2, "ann", "huawei", "DELETE /v5", "pk2/统", "DEVICE_NOT_FOUND");

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private AuditStore audit;

    AuditStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        audit = storage.audit();
        List.of(ANN, KEY, REFUSED, OTHER).forEach(audit::record);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void lists_what_was_recorded_the_newest_first() {
        assertThat(find(ALL)).containsExactly(OTHER, REFUSED, KEY, ANN);
    }

    @Test
    void finds_by_each_of_its_parts() {
        assertThat(find(new Wanted(NOW.plusSeconds(1), null, null, null, null, null, null)))
                .containsExactly(OTHER, REFUSED, KEY);
        assertThat(find(new Wanted(null, NOW.plusSeconds(1), null, null, null, null, null)))
                .containsExactly(ANN);
        assertThat(find(new Wanted(null, null, "ann", null, null, null, null))).containsExactly(OTHER, ANN);
        assertThat(find(new Wanted(null, null, null, "aliyun", null, null, null)))
                .containsExactly(REFUSED, KEY);
        assertThat(find(new Wanted(null, null, null, null, "DeleteDevice", null, null)))
                .containsExactly(KEY);
        assertThat(find(new Wanted(null, null, null, null, null, "pk/", null))).containsExactly(KEY);
        assertThat(find(new Wanted(null, null, null, null, null, "pk2/统", null)))
                .containsExactly(OTHER);
        assertThat(find(new Wanted(null, null, null, null, null, "p%", null))).isEmpty();
        assertThat(find(new Wanted(null, null, null, null, null, null, true))).containsExactly(OTHER, REFUSED);
        assertThat(find(new Wanted(null, null, null, null, null, null, false))).containsExactly(KEY, ANN);
        assertThat(find(new Wanted(NOW, NOW.plusSeconds(9), "LTAI1", "aliyun", "DeleteProduct", "pk", true)))
                .containsExactly(REFUSED);
    }

    @Test
    void pages_meet_without_gap_or_overlap_also_within_one_moment() {
        List<AuditRecord> seen = new ArrayList<>();
        String after = null;
        do {
            Page<AuditRecord> page = audit.find(ALL, new Page.Request(after, 1));
            assertThat(page.items()).hasSize(1);
            seen.addAll(page.items());
            after = page.next();
        } while (after != null);

        assertThat(seen).containsExactly(OTHER, REFUSED, KEY, ANN);
    }

    @Test
    void forgets_what_is_older() {
        assertThat(audit.forget(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(find(ALL)).containsExactly(OTHER, REFUSED, KEY);
        assertThat(audit.forget(NOW.plusSeconds(1))).isZero();
    }

    @Test
    void a_record_outlives_a_restart() {
        String url = engine.emptyDatabase();
        try (Storage first = open(url)) {
            first.audit().record(ANN);
        }
        try (Storage second = open(url)) {
            assertThat(second.audit().find(ALL, new Page.Request(null, 10)).items())
                    .contains(ANN);
        }
    }

    @Test
    void many_callers_at_once_are_all_recorded() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String caller = "c" + i;
                calls.add(threads.submit(() -> IntStream.range(0, 20)
                        .forEach(n -> audit.record(record(n, caller, "native", "a", "t" + n, "ok")))));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }

        assertThat(audit.find(new Wanted(null, null, "c63", null, null, null, null), new Page.Request(null, 100))
                        .items())
                .hasSize(20);
        assertThat(audit.forget(NOW.plus(Duration.ofDays(1)))).isEqualTo(4 + 64 * 20);
    }

    @Test
    void what_callers_choose_is_cut_and_does_not_break_the_store() {
        audit.record(record(3, "x".repeat(10_000), "native", "nul \0", "t".repeat(100_000), "ok"));

        AuditRecord kept = find(ALL).getFirst();
        assertThat(kept.target()).hasSize(512);
        assertThat(kept.caller()).hasSize(512);
        assertThat(kept.action()).isEqualTo("nul \uFFFD");
    }

    private List<AuditRecord> find(Wanted wanted) {
        return audit.find(wanted, new Page.Request(null, 100)).items();
    }

    private Storage open(String url) {
        return Storage.open(
                Samples.config(url), directory.resolve("again"), MasterKey.load(directory, Samples.KEY), () -> NOW);
    }

    private static AuditRecord record(
            int second, String caller, String api, String action, String target, String outcome) {
        return new AuditRecord(NOW.plusSeconds(second), caller, "10.0.0.1", api, action, target, outcome);
    }
}
