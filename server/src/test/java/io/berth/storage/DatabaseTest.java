package io.berth.storage;

import static io.berth.storage.Samples.await;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ParameterizedClass
@EnumSource
final class DatabaseTest {
    private static final int BOUND = 8;
    private static final String LANE = "lane";

    private final TestEngine kind;

    @TempDir
    Path directory;

    private Database database;

    DatabaseTest(TestEngine kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        StorageConfig config = Samples.config(kind.emptyDatabase());
        Engine engine = config.url().isEmpty()
                ? SqliteEngine.open("jdbc:sqlite:" + directory.resolve("test.db"), 1)
                : PostgresEngine.open(config);
        database = new Database(engine, BOUND);
        database.change(LANE, sql -> sql.update("CREATE TABLE t (id BIGINT PRIMARY KEY, note TEXT)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_failing_unit_spoils_no_other_of_its_batch() {
        CountDownLatch gate = holdTheWriter();
        CompletableFuture<Integer> first = insert(1);
        CompletableFuture<Integer> duplicate = insert(1);
        CompletableFuture<Object> domain = database.submit(LANE, sql -> {
            sql.update("INSERT INTO t (id) VALUES (2)");
            throw new ProblemException(Problem.LIMIT_REACHED, "no");
        });
        CompletableFuture<Object> broken = database.submit(LANE, sql -> {
            sql.update("INSERT INTO t (id) VALUES (3)");
            return sql.update("this is no SQL");
        });
        CompletableFuture<Integer> last = insert(4);
        gate.countDown();

        assertThat(await(first)).isOne();
        assertThat(await(last)).isOne();
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> await(duplicate));
        assertRefused(Problem.LIMIT_REACHED, () -> await(domain));
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> await(broken));
        assertThat(ids()).containsExactly(1L, 4L);
    }

    @Test
    void nobody_hears_of_a_write_before_it_is_committed() {
        CountDownLatch gate = holdTheWriter();
        List<List<Long>> seenByReaders = new ArrayList<>();
        CompletableFuture<Void> told = insert(1).thenAccept(_ -> seenByReaders.add(ids()));
        CompletableFuture<Integer> second = insert(2);
        gate.countDown();
        await(told);
        await(second);

        assertThat(seenByReaders).containsExactly(List.of(1L, 2L));
    }

    @Test
    void refuses_writes_when_too_many_wait() {
        CountDownLatch gate = holdTheWriter();
        List<CompletableFuture<Integer>> accepted = new ArrayList<>();
        for (int i = 0; i < BOUND; i++) {
            accepted.add(insert(i));
        }

        assertThat(database.waiting()).isEqualTo(BOUND);
        assertRefused(Problem.OVERLOADED, () -> await(insert(99)));

        gate.countDown();
        accepted.forEach(Samples::await);
        assertThat(ids()).hasSize(BOUND);
    }

    @Test
    void a_writer_thread_does_not_wait_for_itself() {
        CompletableFuture<Integer> nested = database.submit(LANE, _ -> database.write(LANE, _ -> 1));

        assertThatThrownBy(() -> await(nested)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_finishes_the_writes_that_wait_and_refuses_more() {
        CompletableFuture<Integer> waiting = insert(1);
        database.close();

        assertThat(waiting).isCompletedWithValue(1);
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> await(insert(2)));
    }

    @Test
    void a_write_that_throws_an_error_does_not_end_the_writer() {
        CompletableFuture<Object> broken = database.submit(LANE, _ -> {
            throw new AssertionError("a fault");
        });

        assertThatThrownBy(() -> await(broken)).hasRootCauseMessage("a fault");
        assertThat(await(insert(1))).isOne();
    }

    private CompletableFuture<Integer> insert(long id) {
        return database.submit(LANE, sql -> sql.update("INSERT INTO t (id) VALUES (?)", id));
    }

    private List<Long> ids() {
        return database.read(sql -> sql.list("SELECT id FROM t ORDER BY id", Row::number));
    }

    /// Keeps the writer busy, so that what is submitted next waits and goes into one batch.
    private CountDownLatch holdTheWriter() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        var _ = database.submit(LANE, _ -> {
            busy.countDown();
            Samples.await(gate);
            return 0;
        });
        Samples.await(busy);
        return gate;
    }
}
