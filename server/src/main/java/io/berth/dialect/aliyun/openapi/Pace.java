package io.berth.dialect.aliyun.openapi;

import static io.berth.core.ProblemException.require;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How often actions may be called in a second, all callers together, as the vendor counts by account. Any
/// thread; never blocks.
final class Pace {
    private static final Pattern LIMIT = Pattern.compile("([A-Za-z0-9]+)=([1-9][0-9]{0,6})");

    private final Map<String, Integer> limits;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Second> seconds = new ConcurrentHashMap<>();

    private record Second(long number, int calls) {}

    Pace(Map<String, Integer> limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /// Reads `RegisterDevice=30`.
    static Map<String, Integer> read(List<String> limits) {
        return limits.stream()
                .map(Pace::match)
                .collect(Collectors.toUnmodifiableMap(
                        limit -> limit.group(1), limit -> Integer.valueOf(limit.group(2))));
    }

    private static Matcher match(String text) {
        Matcher limit = LIMIT.matcher(text);
        require(limit.matches(), "aliyun-openapi.calls-per-second has items like RegisterDevice=30, not " + text);
        return limit;
    }

    boolean admits(String action) {
        Integer limit = limits.get(action);
        if (limit == null) {
            return true;
        }
        long now = clock.millis() / 1000;
        Second second = seconds.merge(
                action,
                new Second(now, 1),
                (before, first) -> before.number() == now ? new Second(now, before.calls() + 1) : first);
        return second.calls() <= limit;
    }
}
