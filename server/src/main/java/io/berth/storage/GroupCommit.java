package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.storage.Engine.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One writer: runs the units of work that wait in one transaction and completes them after its commit, so that a
/// single sync of the disk makes all of them durable.
///
/// Each unit runs under a savepoint: one that fails is undone alone. Submitting never blocks; any thread.
final class GroupCommit implements AutoCloseable {
    private static final int MAX_BATCH = 1_000;
    private static final int ATTEMPTS = 3;
    private static final Unit<Integer> STOP = new Unit<>(_ -> 0, _ -> {});

    private final Engine engine;
    private final BlockingQueue<Unit<?>> queue;
    private final Thread thread;
    private volatile boolean closed;

    GroupCommit(Engine engine, int bound, String name) {
        this.engine = engine;
        this.queue = new ArrayBlockingQueue<>(bound);
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// The future fails with OVERLOADED when the queue is full. After the commit the writer thread first calls
    /// `committed`, then completes the future.
    <T> CompletableFuture<T> submit(Work<T> work, Consumer<T> committed) {
        Unit<T> unit = new Unit<>(work, committed);
        if (closed || !queue.offer(unit)) {
            unit.future.completeExceptionally(closed ? stopped() : overloaded());
        } else if (closed && queue.remove(unit)) {
            unit.future.completeExceptionally(stopped());
        }
        return unit.future;
    }

    int waiting() {
        return queue.size();
    }

    boolean isThisThread() {
        return Thread.currentThread().equals(thread);
    }

    /// Finishes what waits already.
    @Override
    public void close() {
        closed = true;
        try {
            queue.put(STOP);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.forEach(unit -> unit.future.completeExceptionally(stopped()));
    }

    private void run() {
        List<Unit<?>> batch = new ArrayList<>();
        boolean stopping = false;
        while (!stopping) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                stopping = batch.remove(STOP);
                commit(batch);
            } catch (InterruptedException e) {
                stopping = true;
            } catch (Throwable e) {
                // the writer outlives whatever one batch does to it
                batch.forEach(unit -> unit.future.completeExceptionally(e));
                Database.LOG.error("a batch of writes failed", e);
            }
            batch.clear();
        }
    }

    private void commit(List<Unit<?>> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                engine.write(sql -> {
                    for (Unit<?> unit : batch) {
                        unit.run(sql);
                    }
                    return batch.size();
                });
                batch.forEach(Unit::complete);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isWorthRetrying(e)) {
                    ProblemException problem = Database.unavailable(e);
                    batch.forEach(unit -> unit.future.completeExceptionally(problem));
                    return;
                }
            }
        }
    }

    /// Two writers of PostgreSQL waited for each other and it undid this one.
    private static boolean isWorthRetrying(SQLException failure) {
        String state = failure.getSQLState();
        return "40P01".equals(state) || "40001".equals(state);
    }

    private static ProblemException overloaded() {
        return new ProblemException(Problem.OVERLOADED, "too many writes wait for the store already");
    }

    private static ProblemException stopped() {
        return new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store is closed");
    }

    private static final class Unit<T> {
        private final Work<T> work;
        private final Consumer<T> committed;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Exception failure;

        Unit(Work<T> work, Consumer<T> committed) {
            this.work = work;
            this.committed = committed;
        }

        void run(Sql sql) throws SQLException {
            result = null;
            failure = null;
            sql.update("SAVEPOINT unit");
            try {
                result = work.run(sql);
            } catch (SQLException | RuntimeException e) {
                if (e instanceof SQLException sqlFailure && isWorthRetrying(sqlFailure)) {
                    throw sqlFailure;
                }
                failure = e;
                undo(sql, e);
            }
            sql.update("RELEASE SAVEPOINT unit");
        }

        void complete() {
            switch (failure) {
                case null -> {
                    committed.accept(result);
                    future.complete(result);
                }
                case SQLException e -> future.completeExceptionally(Database.unavailable(e));
                case Exception e -> future.completeExceptionally(e);
            }
        }

        private static void undo(Sql sql, Exception failure) throws SQLException {
            try {
                sql.update("ROLLBACK TO SAVEPOINT unit");
            } catch (SQLException e) {
                // the transaction is gone, and the whole batch with it: a full disk, a lost connection
                e.addSuppressed(failure);
                throw e;
            }
        }
    }
}
