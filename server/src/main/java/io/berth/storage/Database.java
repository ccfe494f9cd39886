package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.storage.Engine.Work;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Runs units of work: reads at once, writes in groups (see [GroupCommit]). Failures of the engine become
/// STORAGE_UNAVAILABLE, their cause is logged here. Any thread.
final class Database implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Engine engine;
    private final List<GroupCommit> writers = new ArrayList<>();

    Database(Engine engine, int queueBound) {
        this.engine = engine;
        for (int i = 0; i < engine.writers(); i++) {
            writers.add(new GroupCommit(engine, queueBound, "berth-writer-" + i));
        }
    }

    /// Work that answers nothing.
    @FunctionalInterface
    interface Change {
        void run(Sql sql) throws SQLException;
    }

    /// Reads on the calling thread.
    <T> T read(Work<T> work) {
        try {
            return engine.read(work);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /// Writes in the background. Work given the same lane takes effect in call order. The future fails with
    /// OVERLOADED when too many wait; it completes, once the work is durable, on a writer thread: what
    /// follows must not block.
    <T> CompletableFuture<T> submit(Object lane, Work<T> work) {
        return writer(lane).submit(work, _ -> {});
    }

    /// Like [#submit]; `committed` runs after the commit and before anyone hears of it.
    <T> CompletableFuture<T> submit(Object lane, Work<T> work, Consumer<T> committed) {
        return writer(lane).submit(work, committed);
    }

    CompletableFuture<Void> submitChange(Object lane, Change change) {
        return writer(lane).submit(answeringNothing(change), _ -> {});
    }

    /// Writes and waits until it is durable. Not from a stage of [#submit].
    <T> T write(Object lane, Work<T> work) {
        if (writers.stream().anyMatch(GroupCommit::isThisThread)) {
            throw new IllegalStateException("a writer thread cannot wait for itself");
        }
        try {
            return submit(lane, work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    CompletableFuture<Void> submitChange(Object lane, Change change, Runnable committed) {
        return writer(lane).submit(answeringNothing(change), _ -> committed.run());
    }

    void change(Object lane, Change change) {
        write(lane, answeringNothing(change));
    }

    /// What tables are called differently with this engine; the same names as in the migrations.
    Map<String, String> placeholders() {
        return engine.placeholders();
    }

    /// Whether other nodes may use it too.
    boolean isShared() {
        return engine.isShared();
    }

    /// Writes that wait.
    int waiting() {
        return writers.stream().mapToInt(GroupCommit::waiting).sum();
    }

    @Override
    public void close() {
        writers.forEach(GroupCommit::close);
        engine.close();
    }

    /// Whether a row was refused because what it refers to is not there, or kept because something refers to
    /// it.
    static boolean isBrokenReference(SQLException failure) {
        return "23503".equals(failure.getSQLState())
                || (failure instanceof SQLiteException e
                        && e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY);
    }

    /// Work on rows that refer to another one; fails with `missing` when that is not there.
    static <T> Work<T> referring(Supplier<ProblemException> missing, Work<T> work) {
        return sql -> {
            try {
                return work.run(sql);
            } catch (SQLException e) {
                if (isBrokenReference(e)) {
                    throw missing.get();
                }
                throw e;
            }
        };
    }

    static ProblemException unavailable(SQLException failure) {
        LOG.error("the store failed: {}", failure.getMessage(), failure);
        return failure instanceof SQLTransientConnectionException
                ? new ProblemException(Problem.STORAGE_UNAVAILABLE, "no connection to the store", failure)
                : new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store failed; the log has the cause", failure);
    }

    private GroupCommit writer(Object lane) {
        return writers.get(Math.floorMod(lane.hashCode(), writers.size()));
    }

    @SuppressWarnings("NullAway") // null is the only Void
    private static Work<@Nullable Void> answeringNothing(Change change) {
        return sql -> {
            change.run(sql);
            return null;
        };
    }
}
