package io.berth.ops;

import io.berth.core.product.ScriptTraffic;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Function;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts what scripts do. Never blocks; any thread.
public final class ScriptMetrics implements ScriptTraffic {
    private final Map<Function, Timer> conversions = new EnumMap<>(Function.class);
    private final Map<Fault, LongAdder> failures = new EnumMap<>(Fault.class);
    private final LongAdder ended;

    public ScriptMetrics(Metrics metrics) {
        for (Function function : Function.values()) {
            conversions.put(
                    function,
                    metrics.latency(
                            "berth.scripts",
                            "Calls of scripts that were answered, and the time from asking to the answer",
                            "function",
                            function.word()));
        }
        for (Fault fault : Fault.values()) {
            String word = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
            failures.put(fault, metrics.counter("berth.scripts.failed", "Calls of scripts that failed", "fault", word));
        }
        ended = metrics.counter("berth.scripts.processes.ended", "Processes that a script made end");
    }

    @Override
    public void converted(Function function, long nanos) {
        Objects.requireNonNull(conversions.get(function)).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(Function function, Fault fault) {
        Objects.requireNonNull(failures.get(fault)).increment();
    }

    @Override
    public void processEnded() {
        ended.increment();
    }
}
