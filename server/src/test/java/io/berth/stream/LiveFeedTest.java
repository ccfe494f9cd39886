package io.berth.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Completion;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventFeed.Filter;
import io.berth.core.message.EventFeed.Watch;
import io.berth.testing.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LiveFeedTest {
    private static final Filter ALL = new Filter(null, null, Set.of());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LiveFeed feed = new LiveFeed(2, 3);

    @Test
    void nobody_wants_events_while_nobody_watches() {
        DeviceId device = new DeviceId("p", "d");
        assertThat(feed.wants(device, Event.Kind.MESSAGE)).isFalse();

        Watch watch = feed.watch(ALL);
        assertThat(feed.wants(device, Event.Kind.MESSAGE)).isTrue();

        watch.close();
        assertThat(feed.wants(device, Event.Kind.MESSAGE)).isFalse();
    }

    @Test
    void a_watcher_gets_what_its_filter_names_and_nothing_else() throws InterruptedException {
        Watch watch = feed.watch(new Filter("p", "d", Set.of(Event.Kind.PROPERTY, Event.Kind.STATUS)));
        assertThat(feed.wants(new DeviceId("p", "d"), Event.Kind.STATUS)).isTrue();
        assertThat(feed.wants(new DeviceId("p", "d"), Event.Kind.MESSAGE)).isFalse();
        assertThat(feed.wants(new DeviceId("p", "e"), Event.Kind.STATUS)).isFalse();

        append("p", "d", Event.Kind.MESSAGE, "1");
        append("q", "d", Event.Kind.STATUS, "2");
        append("p", "d", Event.Kind.STATUS, "3");
        append("p", "d", Event.Kind.PROPERTY, "4");

        assertThat(texts(watch)).containsExactly("3", "4");
    }

    @Test
    void a_slow_watcher_loses_the_oldest_and_hears_how_many() throws InterruptedException {
        Watch slow = feed.watch(ALL);
        for (int i = 1; i <= 5; i++) {
            append("p", "d", Event.Kind.MESSAGE, Integer.toString(i));
        }

        var batch = slow.next(PATIENCE);
        assertThat(batch.dropped()).isEqualTo(2);
        assertThat(batch.events()).extracting(TestEvents::text).containsExactly("3", "4", "5");
        assertThat(feed.dropped()).isEqualTo(2);

        append("p", "d", Event.Kind.MESSAGE, "6");
        assertThat(slow.next(PATIENCE).dropped()).isZero();
    }

    @Test
    void appending_completes_at_once_and_without_failure() {
        feed.watch(ALL);
        List<@Nullable Throwable> completions = new ArrayList<>();

        feed.append(event("p", "d", Event.Kind.MESSAGE, "x"), completions::add);

        assertThat(completions).hasSize(1).containsOnlyNulls();
    }

    @Test
    void more_watchers_than_the_bound_are_refused_until_one_leaves() {
        feed.watch(ALL);
        Watch second = feed.watch(ALL);

        assertThatThrownBy(() -> feed.watch(ALL))
                .isInstanceOf(ProblemException.class)
                .extracting(e -> ((ProblemException) e).problem())
                .isEqualTo(Problem.OVERLOADED);
        second.close();
        assertThat(feed.watch(ALL).isOpen()).isTrue();
    }

    @Test
    void a_quiet_wait_ends_with_nothing() throws InterruptedException {
        assertThat(feed.watch(ALL).next(Duration.ofMillis(1)).events()).isEmpty();
    }

    @Test
    void the_end_of_the_feed_wakes_who_waits_after_telling_the_rest() throws Exception {
        Watch watch = feed.watch(ALL);
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Boolean> reader = new FutureTask<>(() -> {
            waiting.countDown();
            return watch.next(Duration.ofHours(1)).events().isEmpty();
        });
        Thread.ofVirtual().start(reader);
        waiting.await();

        feed.close();

        assertThat(reader.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.isOpen()).isFalse();
        assertThat(feed.watch(new Filter(null, null, Set.of())).isOpen()).isFalse();
    }

    @Test
    void many_writers_lose_nothing_while_the_reader_keeps_up() throws Exception {
        int writers = 4;
        int each = 5_000;
        LiveFeed wide = new LiveFeed(1, writers * each);
        Watch watch = wide.watch(ALL);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < each; n++) {
                    wide.append(event("p", "d", Event.Kind.MESSAGE, "x"), Completion.IGNORED);
                }
            }));
        }
        int got = 0;
        while (got < writers * each) {
            got += watch.next(PATIENCE).events().size();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(got).isEqualTo(writers * each);
        assertThat(wide.dropped()).isZero();
    }

    private static List<String> texts(Watch watch) throws InterruptedException {
        return watch.next(PATIENCE).events().stream().map(TestEvents::text).toList();
    }

    private void append(String product, String device, Event.Kind kind, String text) {
        feed.append(event(product, device, kind, text), Completion.IGNORED);
    }

    private static Event event(String product, String device, Event.Kind kind, String text) {
        return TestEvents.of(1, new DeviceId(product, device), kind, text);
    }
}
