package io.berth.benchmarks;

import io.berth.core.topic.TopicFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A topic against filters as devices subscribe them, and against a per-connection map that has seen it before.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TopicBenchmark {
    private static final String TOPIC = "/sys/a1pk/dev1/thing/event/property/post_reply";

    private final TopicFilter plus = new TopicFilter("/sys/a1pk/dev1/thing/event/+/post_reply");
    private final TopicFilter hash = new TopicFilter("/sys/a1pk/dev1/thing/service/#");
    private final Map<String, TopicFilter> seen = new HashMap<>(Map.of(TOPIC, plus));
    /// A new string each time, as the decoder makes one: its hash is not cached.
    private final char[] decoded = TOPIC.toCharArray();

    @Benchmark
    public boolean matchesPlus() {
        return plus.matches(TOPIC);
    }

    @Benchmark
    public boolean missesHash() {
        return hash.matches(TOPIC);
    }

    @Benchmark
    public List<String> splitsLevels() {
        return List.of(TOPIC.split("/", -1));
    }

    @Benchmark
    public @Nullable TopicFilter remembered() {
        return seen.get(new String(decoded));
    }
}
