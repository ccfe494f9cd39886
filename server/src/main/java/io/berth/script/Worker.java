package io.berth.script;

import io.berth.core.product.ScriptBench;
import io.berth.core.product.ScriptBench.Trial;
import io.berth.core.product.ScriptTraffic;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that takes turns and the process it has them run in: started with the first turn, again after one
/// that it did not survive, and ended after a while without any.
final class Worker implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Turns<Turn> turns;
    private final ScriptConfig config;
    private final ScriptTraffic traffic;
    private final Thread thread;
    private volatile @Nullable GuestProcess process;
    private volatile boolean closed;

    Worker(int number, Turns<Turn> turns, ScriptConfig config, ScriptTraffic traffic) {
        this.turns = turns;
        this.config = config;
        this.traffic = traffic;
        this.thread = Thread.ofPlatform().daemon().name("script-" + number).unstarted(this);
    }

    /// One call that waits.
    ///
    /// @param call empty to see only whether the source is a script
    record Turn(GuestProcess.Source source, Optional<ScriptBench.Call> call, CompletableFuture<Trial> trial) {}

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                Deque<Turn> taken = new ArrayDeque<>(turns.take(config.idle(), GuestProcess.BATCH));
                if (taken.isEmpty()) {
                    endProcess();
                }
                while (!taken.isEmpty()) {
                    serve(taken);
                }
            }
        } catch (InterruptedException _) {
            // closed
        } finally {
            endProcess(); // also one that was being started meanwhile
        }
    }

    /// Answers one or more, the first first.
    private void serve(Deque<Turn> taken) {
        try {
            GuestProcess running = running();
            int sent = running.send(taken);
            while (sent > 0 && !running.hasEnded()) {
                Trial trial = running.receive();
                taken.remove().trial().complete(trial);
                sent--;
            }
            if (running.hasEnded()) {
                traffic.processEnded();
                endProcess();
            }
        } catch (IOException e) {
            LOG.error("no process for scripts can be started", e);
            giveUp(taken.remove(), Fault.OVERLOADED, "no process for scripts can be started");
        } catch (RuntimeException e) { // whoever asked waits for an answer
            LOG.error("a process for scripts answered what cannot be read", e);
            endProcess();
            giveUp(taken.remove(), Fault.EXHAUSTED, "its process answered what cannot be read");
        }
    }

    private static void giveUp(Turn turn, Fault fault, String detail) {
        turn.trial().complete(new Trial(new Result.Failed(fault, detail), 0, Duration.ZERO));
    }

    private GuestProcess running() throws IOException {
        GuestProcess running = process;
        if (running == null) {
            running = GuestProcess.start(config);
            process = running;
        }
        return running;
    }

    private void endProcess() {
        GuestProcess ending = process;
        if (ending != null) {
            ending.close();
            process = null;
        }
    }

    /// A call that runs ends with its process.
    @Override
    public void close() {
        closed = true;
        endProcess();
        thread.interrupt();
    }
}
