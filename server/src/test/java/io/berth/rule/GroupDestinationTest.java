package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.message.Event;
import io.berth.core.message.Notification;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Selection;
import io.berth.rule.Destination.Outcome;
import io.berth.stream.Interest;
import io.berth.stream.group.Consumer;
import io.berth.stream.group.Groups;
import io.berth.stream.group.GroupsConfig;
import io.berth.testing.ConsumerOf;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupDestinationTest {
    private final TestClock clock = new TestClock();
    private final MemoryLog log = new MemoryLog(2);
    private final Groups groups = new Groups(log, new Interest(), new MemoryCursors(), GroupsConfig.DEFAULT, clock);
    private final GroupDestination destination = destination("orders");

    @AfterEach
    void close() {
        groups.close();
    }

    @Test
    void only_the_group_gets_what_a_rule_sends_it_and_unchanged() throws InterruptedException {
        List<Event> orders = reading(group("orders", new Selection(Set.of("none"), Set.of(Event.Kind.STATUS))));
        List<Event> everything = reading(group("everything", Selection.ALL));
        Outgoing message = TemplateTest.message("{\"temperature\":31}");

        assertThat(destination.send(message)).isEqualTo(Outcome.DONE);
        log.append(SampleEvents.message("d1", "an ordinary one"), _ -> {});

        RuleBed.until(() -> orders.size() == 1 && everything.size() == 1);
        assertThat(SampleEvents.text(everything.getFirst())).isEqualTo("an ordinary one");
        assertThat(Inbox.over(new Refusing()).write(orders.getFirst()))
                .containsExactly(new Notification("/a1/d1/user/x", message.body(), true));
    }

    @Test
    void a_message_sent_again_is_the_same_and_another_one_of_the_event_is_not() throws InterruptedException {
        List<Event> orders = reading(group("orders", Selection.ALL));
        Outgoing first = TemplateTest.message("{\"a\":1}");
        Outgoing other = new Outgoing(
                first.event(), "", TemplateTest.message("{\"b\":2}").body(), true, first.document(), "");

        destination.send(first);
        destination.send(first);
        destination.send(other);

        RuleBed.until(() -> orders.size() == 3);
        assertThat(orders.stream().map(Event::id).distinct()).hasSize(2);
    }

    @Test
    void a_group_that_is_not_there_is_trouble() throws InterruptedException {
        assertThat(destination("nowhere").send(TemplateTest.message("{}")).toString())
                .contains("Retry", "there is no consumer group \"nowhere\"");
    }

    @Test
    void a_log_that_takes_nothing_is_trouble() throws InterruptedException {
        log.refuse(Problem.STORAGE_UNAVAILABLE);

        assertThat(destination.send(TemplateTest.message("{}"))).isInstanceOf(Outcome.Retry.class);
    }

    private GroupDestination destination(String group) {
        return new GroupDestination(
                new DestinationConfig.Group(group),
                name -> name.equals("nowhere") ? Optional.empty() : Optional.of(group(name, Selection.ALL)),
                log,
                Duration.ofSeconds(30));
    }

    private static ConsumerGroup group(String name, Selection selection) {
        return new ConsumerGroup("id-" + name, name, "native", selection, Bounds.DEFAULT, TestClock.START);
    }

    private List<Event> reading(ConsumerGroup group) {
        List<Event> read = new CopyOnWriteArrayList<>();
        groups.begin(Reader.of(group));
        Consumer consumer =
                groups.attach(group.id(), Duration.ZERO, new ConsumerOf(delivered -> read.add(delivered.event())));
        consumer.request(100);
        return read;
    }

    /// A format that must not be asked.
    private static final class Refusing implements io.berth.core.message.EventFormat {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public List<Notification> write(Event event) {
            throw new AssertionError("asked to write " + event);
        }
    }
}
