package io.berth.script;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.Script;
import io.berth.core.product.ScriptBench;
import io.berth.core.product.ScriptStore;
import io.berth.core.product.ScriptTraffic;
import io.berth.core.product.Scripts;
import io.berth.script.GuestProcess.Source;
import io.berth.script.Worker.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/// Runs scripts in processes of their own. The sources of products are kept in memory until they change.
public final class SandboxedScripts implements Scripts, ScriptBench, AutoCloseable {
    /// The queue of those who try a script; no product has this key.
    private static final String TRIALS = "";

    private static final int MAX_SOURCES = 1_000;

    private final ScriptStore store;
    private final ScriptTraffic traffic;
    private final Turns<Turn> turns;
    private final List<Worker> workers;
    private final Rests rests;

    /// Empty for products known to have none.
    private final ConcurrentMap<String, Optional<Source>> sources = new ConcurrentHashMap<>();

    public SandboxedScripts(ScriptStore store, ScriptConfig config, ScriptTraffic traffic, InstantSource clock) {
        this.store = store;
        this.traffic = traffic;
        this.turns = new Turns<>(config.workers(), config.maxWaiting(), config.maxWaitingPerProduct());
        this.rests = new Rests(config.rest(), clock);
        this.workers = IntStream.range(0, config.workers())
                .mapToObj(number -> new Worker(number, turns, config, traffic))
                .toList();
        workers.forEach(Worker::start);
    }

    @Override
    public Result toMessage(String product, Payload bytes) {
        return convert(product, Call.toMessage(bytes));
    }

    @Override
    public Result toBytes(String product, Value.Fields message) {
        return convert(product, Call.toBytes(message));
    }

    @Override
    public Result transform(String product, String topic, Payload bytes) {
        return convert(product, Call.transform(topic, bytes));
    }

    @Override
    public Trial run(String source, Call call) {
        return take(TRIALS, new Source(source), Optional.of(call));
    }

    @Override
    public Optional<Trial> objection(String source) {
        return Optional.of(take(TRIALS, new Source(source), Optional.empty()))
                .filter(trial -> trial.result() instanceof Result.Failed);
    }

    @Override
    public void scriptChanged(String product) {
        sources.remove(product);
        rests.forget(product);
    }

    @Override
    public Standing standing(String product) {
        return rests.of(product);
    }

    /// Calls that wait for a worker.
    public int waiting() {
        return turns.size();
    }

    private Result convert(String product, Call call) {
        long begun = System.nanoTime();
        Result result = resultOf(product, call);
        if (result instanceof Result.Failed(Fault fault, String _)) {
            traffic.failed(call.function(), fault);
        } else {
            traffic.converted(call.function(), System.nanoTime() - begun);
        }
        return result;
    }

    private Result resultOf(String product, Call call) {
        if (sources.size() >= MAX_SOURCES) {
            sources.clear(); // read again as they are needed
        }
        Optional<Source> source = sources.computeIfAbsent(
                product, key -> store.find(key).map(Script::source).map(Source::new));
        if (source.isEmpty()) {
            return new Result.Failed(Fault.MISSING, "the product has no script");
        }
        Optional<Instant> rest = rests.of(product).restsUntil();
        if (rest.isPresent()) {
            return new Result.Failed(Fault.EXHAUSTED, "the script was stopped, and rests until " + rest.get());
        }
        Result result = take(product, source.get(), Optional.of(call)).result();
        if (result instanceof Result.Failed(Fault fault, String _) && fault == Fault.EXHAUSTED) {
            rests.stopped(product);
        }
        return result;
    }

    private Trial take(String key, Source source, Optional<Call> call) {
        CompletableFuture<Trial> trial = new CompletableFuture<>();
        if (!turns.offer(key, new Turn(source, call, trial))) {
            return new Trial(
                    new Result.Failed(Fault.OVERLOADED, "too many calls of scripts wait for a turn"), 0, Duration.ZERO);
        }
        return trial.join();
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        turns.close().forEach(SandboxedScripts::giveUp);
    }

    private static void giveUp(Turn turn) {
        turn.trial()
                .complete(new Trial(
                        new Result.Failed(Fault.OVERLOADED, "the server is being stopped"), 0, Duration.ZERO));
    }
}
