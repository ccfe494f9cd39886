package io.berth.rule;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.FlowPolicy;
import io.berth.core.rule.Rule;
import io.berth.core.rule.RuleEngine;
import io.berth.core.topic.Topic;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.Program.Made;
import io.berth.rule.sql.CompiledSql;
import io.berth.rule.sql.NotificationSql;
import io.berth.rule.sql.TopicSql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules at work on this node. Changes of rules come one at a time; everything else from any thread.
public final class RuleBook implements RuleEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    private final Map<String, EventFormat> formats;
    private final Destinations destinations;
    private final Registry registry;
    private final RuleSite site;
    private final TopicSql topicSql = new TopicSql(TopicSql.VENDOR_ZONE);
    private final NotificationSql notificationSql = new NotificationSql();
    private final SharedLimits limits = new SharedLimits();
    private final Map<String, List<ActionRunner>> running = new ConcurrentHashMap<>();

    /// What rules ask of devices and products.
    ///
    /// @param tags of a device, for statements that ask for them
    /// @param spaces the resource space of a product, empty when there is no such product
    public record Registry(Function<DeviceId, Map<String, String>> tags, UnaryOperator<String> spaces) {}

    public RuleBook(Map<String, EventFormat> formats, Destinations destinations, Registry registry, RuleSite site) {
        this.formats = Map.copyOf(formats);
        this.destinations = destinations;
        this.registry = registry;
        this.site = site;
    }

    @Override
    public Rule checked(Rule rule) {
        program(rule);
        List<Rule.Action> actions = new ArrayList<>();
        for (Rule.Action action : rule.actions()) {
            actions.add(withSettings(action, destinations.checked(action.kind(), action.settings())));
        }
        return withActions(rule, actions);
    }

    @Override
    public Rule unmasked(Rule rule, Rule before) {
        Map<String, Rule.Action> known = new HashMap<>();
        before.actions().forEach(action -> known.put(action.id(), action));
        List<Rule.Action> actions = new ArrayList<>();
        for (Rule.Action action : rule.actions()) {
            Rule.Action former = known.get(action.id());
            actions.add(
                    former != null && former.kind().equals(action.kind())
                            ? withSettings(
                                    action, destinations.unmasked(action.kind(), action.settings(), former.settings()))
                            : action);
        }
        return withActions(rule, actions);
    }

    @Override
    public Value.Fields shown(Rule.Action action) {
        return destinations.shown(action.kind(), action.settings());
    }

    @Override
    public synchronized void run(Rule rule) {
        Set<String> unread = stop(rule.id());
        try {
            if (rule.enabled()) {
                start(rule);
                rule.actions().forEach(action -> unread.remove(rule.reader(action)));
            } else {
                rule.actions().forEach(action -> unread.add(rule.reader(action)));
            }
            site.bell().clear("rule:" + rule.name());
        } catch (ProblemException e) {
            // a stored rule that another build understood; the others must run
            LOG.error("rule {} does not run: {}", rule.name(), e.detail());
            site.bell().raise("rule:" + rule.name(), Alarm.Severity.MAJOR, "The rule does not run: " + e.detail());
        }
        unread.forEach(site.readers()::end);
    }

    @Override
    public synchronized void forget(Rule rule) {
        stop(rule.id());
        rule.actions().forEach(action -> site.readers().end(rule.reader(action)));
        site.bell().clear("rule:" + rule.name());
    }

    @Override
    public synchronized void flows(List<FlowPolicy> policies) {
        limits.flows(policies);
    }

    /// The bounds of a reader hold from its start: all rules begin again where they stand.
    @Override
    public synchronized void backlogs(List<BacklogPolicy> policies) {
        limits.backlogs(policies);
        running.values().stream()
                .flatMap(List::stream)
                .map(ActionRunner::rule)
                .distinct()
                .toList()
                .forEach(this::run);
    }

    @Override
    public Trial tryOut(Rule rule, Sample sample) {
        return switch (run(rule, sample)) {
            case Made.Message(Outgoing message) -> new Trial.Made(message.body());
            case Made.Skipped(String reason) -> new Trial.Skipped(reason + doubt(rule, sample));
            case Made.Faulted(Outgoing _, String detail) -> new Trial.Faulted(detail + doubt(rule, sample));
        };
    }

    /// What whoever made the sample up may have got wrong.
    private static String doubt(Rule rule, Sample sample) {
        return rule.statement() instanceof Rule.Statement.Whole
                        || ValueJson.read(sample.body()).isPresent()
                ? ""
                : " (the sample is no JSON, so the statement finds no fields in it)";
    }

    @Override
    public Test test(Rule rule, Rule.Action action, Optional<Sample> sample) {
        Instant begun = site.clock().instant();
        Made made = sample.isPresent() ? run(rule, sample.get()) : new Made.Message(probe(rule, action, begun));
        Test test = switch (made) {
            case Made.Message(Outgoing message) -> send(action, message);
            case Made.Skipped(String reason) -> unsent(rule, sample, reason);
            case Made.Faulted(Outgoing _, String detail) -> unsent(rule, sample, detail);
        };
        if (test.delivered()) {
            running.getOrDefault(rule.id(), List.of()).stream()
                    .filter(runner -> runner.action().id().equals(action.id()))
                    .forEach(ActionRunner::resume);
        }
        return new Test(
                test.delivered(),
                test.detail(),
                Duration.between(begun, site.clock().instant()));
    }

    @Override
    public List<ActionState> states(Rule rule) {
        return running.getOrDefault(rule.id(), List.of()).stream()
                .map(ActionRunner::state)
                .toList();
    }

    /// Actions that run at this moment.
    public long actionsRunning() {
        return running.values().stream().mapToLong(List::size).sum();
    }

    @Override
    public synchronized void close() {
        Set.copyOf(running.keySet()).forEach(this::stop);
    }

    private void start(Rule rule) {
        Program program = program(rule);
        Map<String, ActionRunner> runners = new HashMap<>();
        List<ActionRunner> ordered = new ArrayList<>();
        for (Rule.Action action : rule.actions()) {
            Destination destination = destinations.make(action.kind(), action.settings());
            ActionRunner runner =
                    new ActionRunner(rule, action, new ActionRunner.Tools(program, destination, limits, site));
            runners.put(action.id(), runner);
            ordered.add(runner);
        }
        running.put(rule.id(), List.copyOf(ordered));
        ordered.forEach(
                runner -> runner.start(runners.get(runner.action().policy().otherwise())));
    }

    /// Stops what runs under this id; answers the readers it had, which still stand in the log.
    private Set<String> stop(String id) {
        List<ActionRunner> runners = running.remove(id);
        Set<String> readers = new HashSet<>();
        if (runners != null) {
            for (ActionRunner runner : runners) {
                runner.close();
                readers.add(runner.reader());
            }
        }
        return readers;
    }

    private Outgoing probe(Rule rule, Rule.Action action, Instant now) {
        Value.Fields document = new Members()
                .with("test", true)
                .with("rule", rule.name())
                .with("action", action.id())
                .with("time", new Value.Moment(now))
                .end();
        Payload body = Payload.of(ValueJson.write(document));
        return new Outgoing(event(new Sample("", body)), "", body, true, document, "");
    }

    private Made run(Rule rule, Sample sample) {
        Event event = event(sample);
        return program(rule).run(event, new Notification(sample.topic(), sample.body(), true));
    }

    /// A message that a device might have sent: the topic says which, as far as it does.
    private Event event(Sample sample) {
        Instant now = site.clock().instant();
        boolean isOfSystem = sample.topic().startsWith("/sys/");
        String[] levels = sample.topic().substring(isOfSystem ? 4 : 0).split("/", -1);
        boolean named = levels.length > 3 && levels[0].isEmpty() && DeviceId.isValid(levels[1], levels[2]);
        DeviceId device = named ? new DeviceId(levels[1], levels[2]) : new DeviceId("sample", "sample");
        String topic = Topic.isValid(sample.topic()) ? sample.topic() : null;
        Origin origin = new Origin("sample", null, topic, Qos.AT_LEAST_ONCE, sample.body(), MessageProperties.NONE);
        return new Event(now.toEpochMilli(), now, device.product(), device, origin, new Fact.Message());
    }

    private Test send(Rule.Action action, Outgoing message) {
        try (Destination destination = destinations.make(action.kind(), action.settings())) {
            return switch (destination.send(message)) {
                case Outcome.Done _ -> new Test(true, "the destination has it", Duration.ZERO);
                case Outcome.Retry(String reason, Duration _) -> failedTest(reason);
                case Outcome.Refused(String reason) -> failedTest("the destination refused the message: " + reason);
            };
        } catch (UnfitException e) {
            return failedTest(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.TIMED_OUT, "interrupted while it was sent", e);
        }
    }

    private static Test unsent(Rule rule, Optional<Sample> sample, String reason) {
        return failedTest("nothing was sent: " + reason
                + sample.map(given -> doubt(rule, given)).orElse(""));
    }

    private static Test failedTest(String detail) {
        return new Test(false, detail, Duration.ZERO);
    }

    private Program program(Rule rule) {
        EventFormat format = formats.get(rule.format());
        if (format == null) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT,
                    "there is no format \"" + rule.format() + "\"; there are " + new TreeSet<>(formats.keySet()));
        }
        return new Program(rule.source(), format, compile(rule.statement()), registry);
    }

    private @Nullable CompiledSql compile(Rule.Statement statement) {
        return switch (statement) {
            case Rule.Statement.Whole _ -> null;
            case Rule.Statement.Sql(String text) -> topicSql.compile(text);
            case Rule.Statement.SelectWhere(String select, String where) -> notificationSql.compile(select, where);
        };
    }

    private static Rule.Action withSettings(Rule.Action action, Value.Fields settings) {
        return new Rule.Action(action.id(), action.kind(), settings, action.policy());
    }

    private static Rule withActions(Rule rule, List<Rule.Action> actions) {
        return new Rule(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.source(),
                rule.format(),
                rule.statement(),
                actions,
                rule.changed(),
                rule.description());
    }
}
