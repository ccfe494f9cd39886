package io.berth.stream;

import static io.berth.testing.Refusals.assertRefused;
import static io.berth.testing.SampleEvents.message;
import static io.berth.testing.SampleEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.DurableLog.Span;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every durable log promises.
@Timeout(180)
public abstract class DurableLogContract {
    protected static final Instant NOW = TestClock.START;

    /// Shorter than any time a stalled store is waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    protected DurableLog log;

    /// Opens the log of this test: empty at first, later with what it kept.
    protected abstract DurableLog open() throws Exception;

    /// Makes the store of the log so slow that nothing becomes durable until the returned is closed. Some
    /// hundred events of 10 KB are more than the log lets wait.
    protected abstract AutoCloseable stall() throws Exception;

    @BeforeEach
    void openIt() throws Exception {
        log = open();
    }

    @AfterEach
    void closeIt() {
        log.close();
    }

    @Test
    void events_of_every_kind_come_back_as_they_went_in_now_and_after_a_reopening() throws Exception {
        List<Event> events = SampleEvents.ofEveryKind();
        append(log, events);
        assertThat(everything(log)).containsExactlyInAnyOrderElementsOf(events);

        reopen();
        assertThat(everything(log)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void bytes_of_any_kind_and_size_come_back() throws Exception {
        byte[] random = new byte[900_000];
        new java.util.Random(4).nextBytes(random);
        List<Event> events = List.of(
                message("d", Payload.EMPTY, NOW),
                message("d", Payload.of(new byte[] {0, -1, 127, -128, 0}), NOW),
                message("d", Payload.of("nul \0 and 🚢"), NOW),
                message("d", Payload.owned(random), NOW));
        append(log, events);
        reopen();

        assertThat(everything(log)).containsExactlyElementsOf(events);
    }

    @Test
    void a_new_log_is_empty() {
        for (int partition = 0; partition < log.partitions(); partition++) {
            Span span = log.span(partition);
            assertThat(span.first()).isEqualTo(span.next());
            assertThat(log.read(partition, span.first())).isEmpty();
            assertThat(log.offsetAt(partition, Instant.EPOCH)).isEqualTo(span.next());
        }
    }

    @Test
    void the_events_of_a_device_keep_their_order_in_one_partition() throws Exception {
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            for (int device = 0; device < 20; device++) {
                durable.add(append(log, message("d" + device, Integer.toString(i))));
            }
        }
        allDone(durable);

        Map<String, Set<Integer>> places = new HashMap<>();
        Map<String, List<String>> told = new TreeMap<>();
        for (int partition = 0; partition < log.partitions(); partition++) {
            for (Entry entry : all(log, partition)) {
                String device = entry.event().deviceName();
                places.computeIfAbsent(device, _ -> ConcurrentHashMap.newKeySet())
                        .add(partition);
                told.computeIfAbsent(device, _ -> new ArrayList<>()).add(text(entry.event()));
            }
        }
        List<String> inOrder =
                IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        assertThat(told).hasSize(20).allSatisfy((_, texts) -> assertThat(texts).isEqualTo(inOrder));
        assertThat(places).allSatisfy((_, partitions) -> assertThat(partitions).hasSize(1));
    }

    @Test
    void offsets_grow_and_reading_begins_at_any_of_them() throws Exception {
        appendNumbered(0, 100);
        int partition = partitionOf("d");
        Span span = log.span(partition);
        List<Entry> entries = all(log, partition);

        assertThat(entries).extracting(Entry::offset).isSorted().doesNotHaveDuplicates();
        assertThat(entries.getFirst().offset()).isGreaterThanOrEqualTo(span.first());
        assertThat(entries.getLast().offset()).isLessThan(span.next());
        for (int i = 0; i < entries.size(); i++) {
            assertThat(all(log, partition, entries.get(i).offset())).isEqualTo(entries.subList(i, entries.size()));
            assertThat(all(log, partition, entries.get(i).offset() + 1))
                    .isEqualTo(entries.subList(i + 1, entries.size()));
        }
    }

    @Test
    void before_its_first_event_a_log_reads_from_there_and_after_its_last_nothing() throws Exception {
        appendNumbered(0, 3);
        int partition = partitionOf("d");

        assertThat(texts(log, partition, 0)).containsExactly("0", "1", "2");
        assertThat(log.read(partition, log.span(partition).next())).isEmpty();
        assertThat(log.read(partition, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void reopened_it_holds_what_it_held_at_the_same_offsets_and_gives_none_twice() throws Exception {
        appendNumbered(0, 50);
        int partition = partitionOf("d");
        List<Entry> before = all(log, partition);

        reopen();
        assertThat(all(log, partition)).isEqualTo(before);
        assertThat(log.span(partition).next()).isGreaterThan(before.getLast().offset());
        appendNumbered(50, 100);

        List<Entry> after = all(log, partition);
        assertThat(after.subList(0, 50)).isEqualTo(before);
        assertThat(after).extracting(Entry::offset).isSorted().doesNotHaveDuplicates();
        assertThat(texts(log, partition, before.getLast().offset() + 1))
                .isEqualTo(IntStream.range(50, 100).mapToObj(Integer::toString).toList());
    }

    @Test
    void a_completed_event_can_be_read_and_is_within_the_span() throws Exception {
        int partition = -1;
        for (int i = 0; i < 50; i++) {
            String text = Integer.toString(i);
            done(append(log, message("d", text)));
            partition = partition < 0 ? partitionOf("d") : partition;

            assertThat(texts(log, partition, 0)).endsWith(text);
            assertThat(all(log, partition).getLast().offset())
                    .isLessThan(log.span(partition).next());
        }
    }

    @Test
    void time_finds_the_first_event_that_is_not_older() throws Exception {
        for (int second = 0; second < 60; second += 2) {
            done(append(log, message("d", Payload.of("s" + second), NOW.plusSeconds(second))));
        }
        int partition = partitionOf("d");
        for (int round = 0; round < 2; round++) {
            assertThat(log.offsetAt(partition, NOW.minusSeconds(1)))
                    .isEqualTo(all(log, partition).getFirst().offset());
            assertThat(texts(log, partition, log.offsetAt(partition, NOW.plusSeconds(20))))
                    .startsWith("s20", "s22");
            assertThat(texts(log, partition, log.offsetAt(partition, NOW.plusSeconds(21))))
                    .startsWith("s22", "s24");
            assertThat(log.offsetAt(partition, NOW.plusSeconds(59)))
                    .isEqualTo(log.span(partition).next());
            reopen();
        }
    }

    @Test
    void time_finds_events_within_many_that_became_durable_together() throws Exception {
        List<Event> events = IntStream.range(0, 1_000)
                .mapToObj(i -> message("d", Payload.of("m" + i), NOW.plusMillis(i)))
                .toList();
        append(log, events);
        int partition = partitionOf("d");

        for (int i : List.of(0, 1, 499, 998, 999)) {
            long offset = log.offsetAt(partition, NOW.plusMillis(i));
            assertThat(texts(log, partition, offset)).startsWith("m" + i);
        }
    }

    @Test
    void a_follower_hears_of_events_it_can_read() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        reopenWith(partition -> {
            var _ = CompletableFuture.runAsync(
                    () -> all(log, partition).forEach(entry -> seen.add(text(entry.event()))));
        });
        for (int i = 0; i < 20; i++) {
            String text = Integer.toString(i);
            done(append(log, message("d" + i, text)));
            await().pollInterval(Duration.ofMillis(5)).until(() -> seen.contains(text));
        }
    }

    @Test
    void readers_beside_many_writers_see_each_event_once_and_in_order() throws Exception {
        int writers = 4;
        int each = 2_000;
        List<Thread> threads = IntStream.range(0, writers)
                .mapToObj(writer -> Thread.ofVirtual().unstarted(() -> {
                    List<CompletableFuture<Void>> durable = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        durable.add(append(log, message("w" + writer, Integer.toString(i))));
                        if (i % 100 == 99) {
                            allDone(durable);
                        }
                    }
                    allDone(durable);
                }))
                .toList();
        List<CompletableFuture<Map<String, List<String>>>> readers = IntStream.range(0, 3)
                .mapToObj(_ -> {
                    Semaphore news = new Semaphore(0);
                    log.follow(_ -> news.release());
                    return CompletableFuture.supplyAsync(
                            () -> follow(news, writers * each), Thread::startVirtualThread);
                })
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        List<String> inOrder =
                IntStream.range(0, each).mapToObj(Integer::toString).toList();
        for (CompletableFuture<Map<String, List<String>>> reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS))
                    .hasSize(writers)
                    .allSatisfy((_, texts) -> assertThat(texts).isEqualTo(inOrder));
        }
    }

    @Test
    void when_the_store_stalls_appends_never_block_and_beyond_the_bound_they_are_refused() throws Exception {
        done(append(log, message("d", "before")));
        Payload large = Payload.owned(new byte[10_000]);
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        AutoCloseable stalled = stall();
        try (stalled) {
            for (int i = 0; i < 5_000; i++) {
                durable.add(append(log, message("d", large, NOW)));
            }
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> durable.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
        }
        int kept = 0;
        for (CompletableFuture<Void> each : durable) {
            try {
                each.get(30, TimeUnit.SECONDS);
                kept++;
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                refused -> assertThat(refused.problem()).isEqualTo(Problem.OVERLOADED));
            }
        }
        done(append(log, message("d", "after")));

        List<Event> events = everything(log);
        assertThat(events).hasSize(kept + 2);
        assertThat(text(events.getFirst())).isEqualTo("before");
        assertThat(text(events.getLast())).isEqualTo("after");
    }

    @Test
    void its_span_is_told_while_the_store_stalls() throws Exception {
        done(append(log, message("d", "before")));
        int partition = partitionOf("d");
        DurableLog.Span before = log.span(partition);
        try (AutoCloseable _ = stall()) {
            assertThat(CompletableFuture.supplyAsync(() -> log.span(partition)))
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(before);
        }
    }

    @Test
    void closing_finishes_what_waits_and_then_nothing_is_taken() throws Exception {
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            durable.add(append(log, message("d", Integer.toString(i))));
        }
        log.close();
        allDone(durable);
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> done(append(log, message("d", "late"))));

        log = open();
        assertThat(everything(log)).hasSize(500);
    }

    protected final void reopen() throws Exception {
        reopenWith(_ -> {});
    }

    private void reopenWith(DurableLog.Listener listener) throws Exception {
        log.close();
        log = open();
        log.follow(listener);
    }

    protected final void appendNumbered(int from, int to) {
        append(
                log,
                IntStream.range(from, to)
                        .mapToObj(i -> message("d", Integer.toString(i)))
                        .toList());
    }

    /// The partition that has an event of this device.
    protected final int partitionOf(String device) {
        return IntStream.range(0, log.partitions())
                .filter(partition -> all(log, partition).stream()
                        .anyMatch(entry -> entry.event().deviceName().equals(device)))
                .findFirst()
                .orElseThrow();
    }

    /// Reads along until it has so many events, resting when there is nothing new.
    private Map<String, List<String>> follow(Semaphore news, int events) {
        Map<String, List<String>> told = new HashMap<>();
        long[] next = IntStream.range(0, log.partitions())
                .mapToLong(partition -> log.span(partition).first())
                .toArray();
        int seen = 0;
        while (true) {
            for (int partition = 0; partition < next.length; partition++) {
                for (Entry entry : all(log, partition, next[partition])) {
                    next[partition] = entry.offset() + 1;
                    told.computeIfAbsent(entry.event().deviceName(), _ -> new ArrayList<>())
                            .add(text(entry.event()));
                    seen++;
                }
            }
            if (seen >= events) {
                return told;
            }
            news.acquireUninterruptibly();
        }
    }

    protected static CompletableFuture<Void> append(DurableLog log, Event event) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        log.append(event, completing(durable));
        return durable;
    }

    /// Appends and waits until all are durable.
    protected static void append(DurableLog log, List<Event> events) {
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        events.forEach(event -> durable.add(append(log, event)));
        allDone(durable);
    }

    protected static List<Event> everything(DurableLog log) {
        return IntStream.range(0, log.partitions())
                .boxed()
                .flatMap(partition -> all(log, partition).stream())
                .map(Entry::event)
                .toList();
    }

    protected static List<Entry> all(DurableLog log, int partition) {
        return all(log, partition, log.span(partition).first());
    }

    protected static List<Entry> all(DurableLog log, int partition, long from) {
        List<Entry> entries = new ArrayList<>();
        long next = from;
        for (List<Entry> more = log.read(partition, next); !more.isEmpty(); more = log.read(partition, next)) {
            entries.addAll(more);
            next = more.getLast().offset() + 1;
        }
        return entries;
    }

    protected static List<String> texts(DurableLog log, int partition, long from) {
        return all(log, partition, from).stream()
                .map(entry -> text(entry.event()))
                .toList();
    }

    protected static void done(CompletableFuture<Void> future) {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    protected static void allDone(List<CompletableFuture<Void>> futures) {
        done(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    }

    private static Completion completing(CompletableFuture<Void> future) {
        return failure -> {
            if (failure == null) {
                future.complete(null);
            } else {
                future.completeExceptionally(failure);
            }
        };
    }
}
