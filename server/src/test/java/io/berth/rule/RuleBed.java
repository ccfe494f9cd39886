package io.berth.rule;

import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.core.rule.ActionMeters;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rule.Policy;
import io.berth.core.rule.Rule.Source;
import io.berth.core.rule.Rule.Statement;
import io.berth.core.rule.RuleEngine.ActionState;
import io.berth.stream.Interest;
import io.berth.stream.group.Groups;
import io.berth.stream.group.GroupsConfig;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.PlainFormat;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Rules over the real engine of readers and a log in memory; `fake` destinations do as a test tells them.
final class RuleBed implements AutoCloseable {
    /// Quick, and three failures put a destination to rest for a moment.
    static final RuleConfig CONFIG = config(3, Duration.ofMillis(50));

    final TestClock clock = new TestClock();
    final MemoryLog log = new MemoryLog(2);
    final MemoryCursors cursors = new MemoryCursors();
    final Map<String, FakeDestination> fakes = new ConcurrentHashMap<>();
    final Map<String, String> alarms = new ConcurrentHashMap<>();
    private final RuleConfig config;
    Groups groups;
    RuleBook book;

    RuleBed() {
        this(CONFIG);
    }

    RuleBed(RuleConfig config) {
        this.config = config;
        start();
    }

    static RuleConfig config(int suspendAfter, Duration suspendFor) {
        return new RuleConfig(
                List.of("127.0.0.1"),
                100,
                10,
                10,
                100,
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                suspendAfter,
                suspendFor,
                4096);
    }

    private void start() {
        groups = new Groups(log, new Interest(), cursors, GroupsConfig.DEFAULT, clock);
        Destinations destinations = new Destinations()
                .with("fake", DestinationConfig.Group.class, made -> fake(made.group()))
                .with("mqtt", DestinationConfig.Mqtt.class, made -> fake(made.topic()));
        book = new RuleBook(
                Map.of(
                        "native",
                        new PlainFormat("native"),
                        "aliyun",
                        new PlainFormat("aliyun"),
                        "huawei",
                        new PlainFormat("huawei")),
                destinations,
                new RuleBook.Registry(_ -> Map.of(), _ -> ""),
                new RuleSite(groups, groups, new Bell(), ActionMeters.NONE, config, clock));
    }

    /// What a killed process leaves: the log and the cursors as they were saved.
    void crash() {
        book.close();
        groups.close();
        start();
    }

    FakeDestination fake(String name) {
        return fakes.computeIfAbsent(name, _ -> new FakeDestination());
    }

    static Rule rule(String name, Source source, Statement statement, Rule.Action... actions) {
        return new Rule("id-" + name, name, true, source, "native", statement, List.of(actions), TestClock.START, "");
    }

    static Rule everything(String name, Rule.Action... actions) {
        return rule(name, ALL, new Statement.Whole(), actions);
    }

    static final Source ALL = new Source(Set.of(), Set.of(), List.of(), List.of());

    static Rule.Action to(String fake, Policy policy) {
        return new Rule.Action(fake, "fake", Value.Fields.of("group", new Value.Text(fake)), policy);
    }

    static Rule.Action to(String fake) {
        return to(fake, Policy.DEFAULT);
    }

    void append(String device, String json) {
        append(SampleEvents.message(device, Payload.of(json), clock.instant()));
    }

    void append(Event event) {
        log.append(event, Completion.IGNORED);
    }

    ActionState state(Rule rule, String action) {
        return book.states(rule).stream()
                .filter(state -> state.action().equals(action))
                .findFirst()
                .orElseThrow();
    }

    void awaitState(Rule rule, String action, Predicate<ActionState> wanted) {
        until(() -> wanted.test(state(rule, action)));
    }

    static void until(java.util.concurrent.Callable<Boolean> wanted) {
        await().pollInterval(Duration.ofMillis(2)).until(wanted);
    }

    @Override
    public void close() {
        fakes.values().forEach(fake -> fake.turns.release(1_000_000));
        book.close();
        groups.close();
    }

    private final class Bell implements AlarmBell {
        @Override
        public void raise(String source, Alarm.Severity severity, String text) {
            alarms.put(source, text);
        }

        @Override
        public void clear(String source) {
            alarms.remove(source);
        }
    }
}
