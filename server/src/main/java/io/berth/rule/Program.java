package io.berth.rule;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.batch.BatchNews;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.rule.Rule;
import io.berth.core.subscription.Selection;
import io.berth.core.topic.TopicFilter;
import io.berth.json.ValueJson;
import io.berth.rule.sql.CompiledSql;
import io.berth.rule.sql.SqlMessage;
import io.berth.rule.sql.SqlResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a rule makes of an event: its source and its statement, compiled once. Any thread; the format may look
/// into the registry.
final class Program {
    /// Events that come by themselves and have none are passed over as well, but nobody reads why.
    private static final String NO_TOPIC = "the topic is missing: the rule is about certain ones";

    private final Rule.Source source;
    private final List<Pattern> devices;
    private final EventFormat format;
    private final @Nullable CompiledSql statement;
    private final RuleBook.Registry registry;

    /// @param statement null when the document goes on as it is
    Program(Rule.Source source, EventFormat format, @Nullable CompiledSql statement, RuleBook.Registry registry) {
        this.source = source;
        this.devices = source.devices().stream().map(Program::wildcard).toList();
        this.format = format;
        this.statement = statement;
        this.registry = registry;
    }

    /// What became of one notification of an event.
    sealed interface Made {
        record Message(Outgoing outgoing) implements Made {}

        /// @param reason what kept it out
        record Skipped(String reason) implements Made {}

        /// @param original the message as the statement got it
        record Faulted(Outgoing original, String detail) implements Made {}
    }

    /// What the reader of the rule's actions must bring.
    Selection selection() {
        return new Selection(source.products(), source.kinds());
    }

    List<Made> run(Event event) {
        if (!isOfSource(event)) {
            return List.of();
        }
        List<Made> made = new ArrayList<>();
        for (Notification notification : format.write(event)) {
            made.add(run(event, notification));
        }
        return made;
    }

    /// One notification that the source's kinds, products and devices let pass already.
    Made run(Event event, Notification notification) {
        String topic = notification.topic().isEmpty() ? event.topic() : notification.topic();
        if (!source.topics().isEmpty() && source.topics().stream().noneMatch(filter -> matches(filter, topic))) {
            return new Made.Skipped(
                    topic.isEmpty() ? NO_TOPIC : "no topic filter of the rule matches \"" + topic + "\"");
        }
        Optional<String> asked = statement == null ? Optional.of(topic) : statement.topic(topic);
        if (asked.isEmpty()) {
            return new Made.Skipped(topic.isEmpty() ? NO_TOPIC : "the statement is not about topic \"" + topic + "\"");
        }
        Value document = ValueJson.read(notification.body()).orElse(Value.Nothing.NOTHING);
        Value.Fields fields = document instanceof Value.Fields known ? known : Value.Fields.NONE;
        Outgoing original = new Outgoing(event, topic, notification.body(), notification.isText(), fields, "");
        if (statement == null) {
            return new Made.Message(original);
        }
        return switch (statement.apply(message(event, asked.get(), notification.body(), document))) {
            case SqlResult.Matched(Value.Fields selected) ->
                new Made.Message(new Outgoing(event, topic, Payload.of(ValueJson.write(selected)), true, selected, ""));
            case SqlResult.Unchanged _ -> new Made.Message(original);
            case SqlResult.NoMatch _ -> new Made.Skipped("the condition does not hold");
            case SqlResult.Fault(String detail) -> new Made.Faulted(original, detail);
        };
    }

    private boolean isOfSource(Event event) {
        return selection().matches(event)
                && (source.space().isEmpty()
                        || source.space()
                                .equals(BatchNews.space(event)
                                        .orElseGet(() -> registry.spaces().apply(event.product()))))
                && (devices.isEmpty()
                        || devices.stream()
                                .anyMatch(
                                        name -> name.matcher(event.deviceName()).matches()));
    }

    private SqlMessage message(Event event, String topic, Payload body, Value document) {
        DeviceId device = event.device();
        return new SqlMessage(
                document,
                body,
                topic,
                device,
                Long.toString(event.id()),
                event.time(),
                () -> device == null ? Map.of() : registry.tags().apply(device),
                words(event.origin()));
    }

    private static Map<String, String> words(@Nullable Origin origin) {
        return origin == null
                ? Map.of()
                : origin.properties().user().stream()
                        .collect(Collectors.toMap(
                                MessageProperties.Word::name, MessageProperties.Word::value, (first, _) -> first));
    }

    private static boolean matches(TopicFilter filter, String topic) {
        return !topic.isEmpty() && filter.matches(topic);
    }

    /// `pump-*` as an expression.
    private static Pattern wildcard(String name) {
        return Pattern.compile(Pattern.compile("\\*")
                .splitAsStream(name + "\0")
                .map(part -> part.replace("\0", ""))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }
}
