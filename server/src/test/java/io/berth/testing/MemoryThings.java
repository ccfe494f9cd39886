package io.berth.testing;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.state.HistoryBucket;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.ShadowDocument;
import io.berth.core.state.ShadowStore;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.state.ThingStore;
import io.berth.core.thing.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// State of things in memory, kept for good at once.
public final class MemoryThings implements ThingStore, ShadowStore {
    private final Map<DeviceId, ThingState> states = new HashMap<>();
    private final Map<DeviceId, ShadowDocument> shadows = new HashMap<>();
    private final List<Facts> reported = new ArrayList<>();

    /// Everything that was ever appended, in order.
    public synchronized List<Facts> reported() {
        return List.copyOf(reported);
    }

    @Override
    public void append(List<Facts> facts, Completion done) {
        synchronized (this) {
            facts.forEach(this::keep);
        }
        done.done(null);
    }

    private void keep(Facts facts) {
        reported.add(facts);
        if (!facts.current()) {
            return;
        }
        ThingState state = state(facts.device());
        SequencedMap<String, Versioned> now = new LinkedHashMap<>(state.reported());
        for (Sample sample : facts.samples()) {
            Versioned before = now.get(sample.key());
            if (before == null || !sample.time().isBefore(before.time())) {
                now.put(
                        sample.key(),
                        new Versioned(sample.value(), sample.time(), before == null ? 1 : before.version() + 1));
            }
        }
        states.put(facts.device(), new ThingState(now, state.desired(), state.versions()));
    }

    @Override
    public synchronized ThingState state(DeviceId device) {
        return states.getOrDefault(device, ThingState.EMPTY);
    }

    @Override
    public synchronized ThingState change(DeviceId device, UnaryOperator<ThingState> change) {
        ThingState changed = change.apply(state(device));
        states.put(device, changed);
        return changed;
    }

    @Override
    public synchronized Page<HistoryPoint> history(HistoryQuery query) {
        Comparator<HistoryPoint> byTime = Comparator.comparing(HistoryPoint::time);
        return new Page<>(
                reported.stream()
                        .filter(facts -> facts.device().equals(query.device()))
                        .flatMap(facts -> switch (query.kind()) {
                            case PROPERTY ->
                                facts.samples().stream()
                                        .map(each -> new HistoryPoint(each.key(), each.time(), each.value()));
                            case EVENT ->
                                facts.occurrences().stream()
                                        .map(each -> new HistoryPoint(each.key(), each.time(), each.output()));
                        })
                        .filter(point -> point.key().equals(query.key()))
                        .filter(point -> isWithin(point.time(), query))
                        .sorted(query.newestFirst() ? byTime.reversed() : byTime)
                        .limit(query.page().limit())
                        .toList(),
                null);
    }

    private static boolean isWithin(Instant time, HistoryQuery query) {
        return !time.isBefore(query.from()) && time.isBefore(query.to());
    }

    @Override
    public List<HistoryBucket> buckets(HistoryQuery query, Duration width) {
        Map<Long, DoubleSummaryStatistics> gathered = new TreeMap<>();
        history(query)
                .items()
                .forEach(point -> gathered.computeIfAbsent(
                                point.time().toEpochMilli() / width.toMillis(), _ -> new DoubleSummaryStatistics())
                        .accept(number(point.value())));
        return gathered.entrySet().stream()
                .map(each -> new HistoryBucket(
                        Instant.ofEpochMilli(each.getKey() * width.toMillis()),
                        each.getValue().getCount(),
                        each.getValue().getMin(),
                        each.getValue().getMax(),
                        each.getValue().getSum()))
                .toList();
    }

    private static double number(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> number;
            case Value.Decimal(double number) -> number;
            case Value.Flag(boolean on) -> on ? 1 : 0;
            default -> throw new IllegalArgumentException(value + " is no number");
        };
    }

    @Override
    public synchronized void forget(DeviceId device) {
        states.remove(device);
        shadows.remove(device);
        reported.removeIf(facts -> facts.device().equals(device));
    }

    @Override
    public synchronized Optional<ShadowDocument> find(DeviceId device) {
        return Optional.ofNullable(shadows.get(device));
    }

    @Override
    public synchronized ShadowDocument change(DeviceId device, Instant now, UnaryOperator<ShadowDocument> change) {
        ShadowDocument before = shadows.getOrDefault(device, ShadowDocument.empty(now));
        ShadowDocument changed = change.apply(before);
        shadows.put(device, changed);
        return changed;
    }
}
