package io.berth.rule.scene;

import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What sets a scene off.
sealed interface Trigger {
    int MAX_SHOWN = 200;

    /// What a device says or does.
    sealed interface Told extends Trigger {
        Subject subject();

        Event.Kind kind();

        /// What the event means to it; the event is about its subject and of its kind.
        Sight look(Event event);
    }

    /// Something that is so for a while.
    sealed interface Lasting extends Told {
        /// How long it must have been so.
        Duration hold();
    }

    /// A property has a value.
    ///
    /// @param within how old it may be when the server hears of it, zero for any age
    /// @param every whether each report sets the scene off, and not only the one since which it is so
    record Reported(
            Subject subject, ValuePath property, Comparison comparison, Duration within, Duration hold, boolean every)
            implements Lasting {
        @Override
        public Event.Kind kind() {
            return Event.Kind.PROPERTY;
        }

        @Override
        public Sight look(Event event) {
            Value now = newest(event, property, within);
            if (now == Value.Nothing.NOTHING) {
                return Sight.NONE;
            }
            if (!comparison.holds(now)) {
                return Sight.OVER;
            }
            String reason = said(event, property, now) + ", " + comparison;
            return every ? new Sight.Moment(reason) : new Sight.Holds(reason, hold);
        }

        @Override
        public String toString() {
            return property + " of " + subject + " " + comparison + young(within) + lasting(hold);
        }
    }

    /// A property has another value than before. The engine knows what it had.
    record Changed(Subject subject, ValuePath property) implements Told {
        @Override
        public Event.Kind kind() {
            return Event.Kind.PROPERTY;
        }

        @Override
        public Sight look(Event event) {
            Value now = newest(event, property, Duration.ZERO);
            return now == Value.Nothing.NOTHING
                    ? Sight.NONE
                    : new Sight.Value(said(event, property, now) + ", another value than before", now);
        }

        @Override
        public String toString() {
            return property + " of " + subject + " changes";
        }
    }

    /// An event of the thing model happened.
    ///
    /// @param output what it must have said, null when anything will do
    record Happened(Subject subject, String event, @Nullable OutputIs output) implements Told {
        @Override
        public Event.Kind kind() {
            return Event.Kind.EVENT;
        }

        @Override
        public Sight look(Event told) {
            if (told.fact() instanceof Fact.Happened(Facts facts) && facts.current()) {
                for (Occurrence occurrence : facts.occurrences()) {
                    if (occurrence.key().equals(event) && fits(occurrence)) {
                        return new Sight.Moment(event + " of " + told.device() + " " + shown(occurrence.output()));
                    }
                }
            }
            return Sight.NONE;
        }

        private boolean fits(Occurrence occurrence) {
            return output == null
                    || output.comparison()
                            .holds(output.path()
                                    .in(occurrence.output().get(output.path().key())));
        }

        @Override
        public String toString() {
            return event + " of " + subject + (output == null ? "" : " with " + output);
        }
    }

    record OutputIs(ValuePath path, Comparison comparison) {
        @Override
        public String toString() {
            return path + " " + comparison;
        }
    }

    /// A device came or went.
    record Presence(Subject subject, boolean online, Duration hold) implements Lasting {
        @Override
        public Event.Kind kind() {
            return Event.Kind.STATUS;
        }

        @Override
        public Sight look(Event event) {
            if (!(event.fact() instanceof Fact.Status status)) {
                return Sight.NONE;
            }
            return status.online() == online
                    ? new Sight.Holds(event.device() + " is " + word(online), hold)
                    : Sight.OVER;
        }

        @Override
        public String toString() {
            return subject + " is " + word(online) + lasting(hold);
        }
    }

    /// It is time.
    record Clock(Schedule schedule) implements Trigger {
        @Override
        public String toString() {
            return schedule.toString();
        }
    }

    static String word(boolean online) {
        return online ? "online" : "offline";
    }

    /// What the event says of the property last; nothing when it says nothing of it, or tells of old times.
    private static Value newest(Event event, ValuePath property, Duration within) {
        Value newest = Value.Nothing.NOTHING;
        if (event.fact() instanceof Fact.Properties(Facts facts) && facts.current()) {
            for (Sample sample : facts.samples()) {
                if (sample.key().equals(property.key()) && isYoung(sample.time(), within, event.time())) {
                    newest = property.in(sample.value());
                }
            }
        }
        return newest;
    }

    private static String said(Event event, ValuePath property, Value now) {
        return property + " of " + event.device() + " is " + shown(now);
    }

    /// As much of it as tells what happened.
    private static String shown(Value value) {
        String text = ValueJson.write(value);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    /// Whether a value of then still counts now.
    ///
    /// @param within how old it may be, zero for any age
    static boolean isYoung(Instant then, Duration within, Instant now) {
        return within.isZero() || !then.isBefore(now.minus(within));
    }

    static String young(Duration within) {
        return within.isZero() ? "" : " within " + Spans.write(within);
    }

    private static String lasting(Duration hold) {
        return hold.isZero() ? "" : " for " + Spans.write(hold);
    }
}
