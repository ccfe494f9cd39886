package io.berth.stream.group;

import static io.berth.testing.SampleEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.stream.group.Consumer.Delivered;
import io.berth.stream.group.Consumer.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Whatever consumers do, and however often they and the server crash: every event is accepted by someone in
/// the end, and where order is kept no consumer gets an event of a device after a later one.
final class NothingLostPropertyTest {
    private static final Bounds BOUNDS = new Bounds(Duration.ofDays(1), 1_000_000, 1_000_000);
    private static final int STEPS = 120;

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void nothing_is_lost_and_order_is_kept_where_it_is_asked_for(@ForAll long seed, @ForAll boolean inOrder) {
        Random random = new Random(seed);
        try (GroupBed bed = new GroupBed(1 + random.nextInt(3), GroupBed.config(50, Duration.ofMillis(1)))) {
            new Run(bed, random, inOrder).go();
        }
    }

    private static final class Run {
        private final GroupBed bed;
        private final Random random;
        private final boolean inOrder;
        private final List<TestConsumer> consumers = new ArrayList<>();
        private final Set<String> appended = new HashSet<>();
        private final Set<String> accepted = new HashSet<>();
        private final Map<String, Integer> lastOfDevice = new HashMap<>();

        Run(GroupBed bed, Random random, boolean inOrder) {
            this.bed = bed;
            this.random = random;
            this.inOrder = inOrder;
            bed.group("g", BOUNDS, inOrder);
        }

        void go() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> append();
                    case 3 -> attach();
                    case 4, 5, 6, 7 -> settleSome();
                    case 8 -> leave();
                    default -> restart();
                }
            }
            while (!consumers.isEmpty()) {
                leave();
            }
            TestConsumer last = attach();
            last.asks(100_000);
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        acceptAll(last);
                        return accepted.containsAll(appended);
                    });
            bed.awaitProgress("g", progress -> progress.waiting() == 0);
        }

        private void append() {
            for (int i = random.nextInt(20); i >= 0; i--) {
                String device = "d" + random.nextInt(4);
                int number = lastOfDevice.merge(device, 1, Integer::sum);
                appended.add(device + ":" + number);
                bed.append(device, device + ":" + number);
            }
        }

        private TestConsumer attach() {
            if (consumers.size() < GroupBed.CONFIG.consumers()) {
                consumers.add(bed.consumer("g").asks(1 + random.nextInt(30)));
            }
            return consumers.getLast();
        }

        private void settleSome() {
            if (consumers.isEmpty()) {
                return;
            }
            TestConsumer consumer =
                    consumers.get(random.nextInt(consumers.size())).asks(random.nextInt(10));
            for (Delivered delivered : consumer.takeUnsettled()) {
                Settlement[] all = Settlement.values();
                Settlement settlement = random.nextInt(3) > 0 ? Settlement.ACCEPTED : all[random.nextInt(all.length)];
                consumer.settle(delivered, settlement);
                if (settlement == Settlement.ACCEPTED) {
                    accepted.add(text(delivered.event()));
                }
            }
            bed.clock.advance(Duration.ofMillis(random.nextInt(3_000)));
        }

        private void acceptAll(TestConsumer consumer) {
            for (Delivered delivered : consumer.takeUnsettled()) {
                consumer.settle(delivered, Settlement.ACCEPTED);
                accepted.add(text(delivered.event()));
            }
            bed.clock.advance(GroupBed.REDELIVERY.most());
        }

        private void leave() {
            if (!consumers.isEmpty()) {
                TestConsumer gone = consumers.remove(random.nextInt(consumers.size()));
                gone.goesAway();
                if (inOrder) {
                    assertInOrder(gone);
                }
            }
        }

        private void restart() {
            consumers.clear();
            bed.crash(GroupBed.config(50, Duration.ofMillis(1)));
            bed.group("g", BOUNDS, inOrder);
        }

        private static void assertInOrder(TestConsumer consumer) {
            Map<String, Integer> last = new HashMap<>();
            for (Delivered delivered : consumer.received()) {
                String[] parts = text(delivered.event()).split(":");
                int number = Integer.parseInt(parts[1]);
                Integer before = last.put(parts[0], number);
                assertThat(before == null || before <= number)
                        .as("%s after %s", text(delivered.event()), before)
                        .isTrue();
            }
        }
    }
}
