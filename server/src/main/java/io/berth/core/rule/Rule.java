package io.berth.core.rule;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Brings chosen events to destinations.
///
/// @param id unique, made up when the rule is
/// @param name unique, 1 to 64 characters without control characters and slashes
/// @param format the word of the `EventFormat` that writes the document the statement works on
/// @param changed when it was made or changed last
/// @param description what people say it is for, at most 256 characters; empty for nothing
public record Rule(
        String id,
        String name,
        boolean enabled,
        Source source,
        String format,
        Statement statement,
        List<Action> actions,
        Instant changed,
        String description) {
    private static final int MAX_DESCRIPTION = 256;
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/]{1,64}");

    public Rule {
        require(NAME.matcher(name).matches(), "a rule's name has 1 to 64 characters, no slash, no control characters");
        require(description.length() <= MAX_DESCRIPTION, "a rule's description has at most 256 characters");
        actions = List.copyOf(actions);
        Set<String> ids = new HashSet<>();
        for (Action action : actions) {
            require(ids.add(action.id()), "two actions of the rule are called \"" + action.id() + "\"");
        }
        for (Action action : actions) {
            String otherwise = action.policy().otherwise();
            require(
                    otherwise.isEmpty() || (ids.contains(otherwise) && !otherwise.equals(action.id())),
                    "action \"" + action.id() + "\" leaves messages to \"" + otherwise
                            + "\", which is no other action");
        }
    }

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_@.:*-]{1,64}");

    /// What the reader of an action is called in the event log.
    public String reader(Action action) {
        return "rule:" + id + ":" + action.id();
    }

    /// What alarms about an action are raised as.
    public String alarm(Action action) {
        return "rule:" + name + ":" + action.id();
    }

    public Rule enabled(boolean wanted, Instant now) {
        return new Rule(id, name, wanted, source, format, statement, actions, now, description);
    }

    /// Which events it is about; an empty set or list lets all pass.
    ///
    /// @param products product keys
    /// @param devices names of devices, `*` for any part: `pump-*`
    /// @param topics filters over the topic in the words of the format, or the wire's where it has none
    /// @param space the id of the resource space the products must be in, empty for any
    public record Source(
            Set<Event.Kind> kinds, Set<String> products, List<String> devices, List<TopicFilter> topics, String space) {
        public Source {
            kinds = Set.copyOf(kinds);
            products = Set.copyOf(products);
            devices = List.copyOf(devices);
            topics = List.copyOf(topics);
            require(space.length() <= 64 && space.indexOf(0) < 0, "\"" + space + "\" is no resource space");
            require(
                    devices.stream().allMatch(name -> DEVICE.matcher(name).matches()),
                    "a device in a rule is a name, with * for any part of it");
            require(
                    topics.stream().noneMatch(topic -> topic.text().contains("\n")),
                    "a topic filter of a rule has no line ends");
        }

        /// Whatever the space.
        public Source(Set<Event.Kind> kinds, Set<String> products, List<String> devices, List<TopicFilter> topics) {
            this(kinds, products, devices, topics, "");
        }
    }

    /// What is made of the document.
    public sealed interface Statement {
        /// The document as it is.
        record Whole() implements Statement {}

        /// `SELECT … FROM "topic" WHERE …` (spec aliyun-openapi).
        record Sql(String text) implements Statement {}

        /// Fields and condition apart, without the keywords; an empty `select` is the whole document (spec
        /// huawei-iotda 8).
        record SelectWhere(String select, String where) implements Statement {}
    }

    /// Sends what comes out to one destination.
    ///
    /// @param id unique in the rule, 1 to 32 letters, digits, - and _
    /// @param kind the word of a kind of destination
    /// @param settings what the kind is told, secrets included
    public record Action(String id, String kind, Value.Fields settings, Policy policy) {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

        public Action {
            require(ID.matcher(id).matches(), "an action's id has 1 to 32 letters, digits, - and _");
        }

        /// Names secrets: prints none of the settings.
        @Override
        public String toString() {
            return id + " (" + kind + ")";
        }
    }

    /// How an action goes about it (spec huawei-iotda 8: flow and stack policies, abnormal data).
    ///
    /// @param perSecond messages a second, at most; 0 for any number
    /// @param keepFor how old a message may get while the destination is in trouble; zero: none is kept
    /// @param keepEvents how many events may wait, the oldest go first; 0: none is kept
    /// @param attempts how often a message is tried; 0: for as long as it is kept, once where none is
    /// @param parallel devices whose messages are sent side by side
    /// @param otherwise the action that gets, once, what this one could not send; empty for none
    public record Policy(
            int perSecond, Duration keepFor, long keepEvents, int attempts, int parallel, String otherwise) {
        public static final int MAX_PER_SECOND = 1_000_000;
        public static final int MAX_PARALLEL = 64;
        public static final Policy DEFAULT = new Policy(0, Duration.ofDays(1), 10_000_000, 0, 8, "");

        public Policy {
            require(perSecond >= 0 && perSecond <= MAX_PER_SECOND, "perSecond is 0 to " + MAX_PER_SECOND);
            require(!keepFor.isNegative(), "keepFor is no negative time");
            require(keepEvents >= 0, "keepEvents is 0 or more");
            require(attempts >= 0, "attempts is 0 or more");
            require(parallel >= 1 && parallel <= MAX_PARALLEL, "parallel is 1 to " + MAX_PARALLEL);
        }
    }
}
