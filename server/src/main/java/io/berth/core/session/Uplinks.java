package io.berth.core.session;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event.Kind;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.state.Things;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Takes what devices send. Called on event loops: never blocks. The completion fires when the message is
/// accepted for good, and only then may the front acknowledge it.
public final class Uplinks {
    private final Events events;
    private final Things things;
    private final Requests requests;
    private final LateReplies lateReplies;
    private volatile ReportListener reports = (session, parts) -> {};
    private volatile MessageListener messages = (session, message) -> {};
    private volatile UnaryOperator<List<Facts>> sieve = UnaryOperator.identity();

    public Uplinks(Events events, Things things, Requests requests, LateReplies lateReplies) {
        this.events = events;
        this.things = things;
        this.requests = requests;
        this.lateReplies = lateReplies;
    }

    /// Hears of answers nobody waits for here: too late, or to a call whose caller did not wait. Never blocks.
    @FunctionalInterface
    public interface LateReplies {
        /// `kept` fires when whatever is to be kept of the answer is.
        void replied(Session session, Uplink.Reply reply, Completion kept);

        LateReplies IGNORED = (session, reply, kept) -> kept.done(null);
    }

    /// Hears of reports once the state of things has them, on the event loop: must not block.
    @FunctionalInterface
    public interface ReportListener {
        void reported(Session session, List<Facts> parts);
    }

    /// Hears of messages on custom topics, on the event loop: must not block.
    @FunctionalInterface
    public interface MessageListener {
        void received(Session session, Uplink.Message message);
    }

    /// Who else hears of messages. To be called before any device attaches.
    public void followMessages(MessageListener listener) {
        messages = listener;
    }

    /// What is left of reports before anything is made of them, but that their listener hears all. Must not
    /// block. To be called before any device attaches.
    public void sift(UnaryOperator<List<Facts>> leaving) {
        sieve = leaving;
    }

    /// Who else hears of reports. To be called before any device attaches.
    public void follow(ReportListener listener) {
        reports = listener;
    }

    public void accept(Session session, Uplink uplink, Completion completion) {
        switch (uplink) {
            case Uplink.Message message -> {
                messages.received(session, message);
                tell(session, uplink, new Fact.Message(), completion);
            }
            case Uplink.Info info ->
                tell(session, uplink, info.fact() == null ? new Fact.Message() : info.fact(), completion);
            case Uplink.PropertyReport report -> keep(session, uplink, List.of(report.facts()), completion);
            case Uplink.EventReport report -> keep(session, uplink, List.of(report.facts()), completion);
            case Uplink.Pack pack -> keep(session, uplink, pack.parts(), completion);
            case Uplink.Reply reply -> {
                Completion each = Completion.ofAll(2, completion);
                DeviceId asked = requests.complete(session, reply);
                if (asked != null) {
                    each.done(null);
                } else {
                    lateReplies.replied(session, reply, each);
                }
                // a gateway may answer for a device behind it
                DeviceId answering = asked != null ? asked : session.device();
                Fact fact = new Fact.Replied(reply.requestId(), reply.answer());
                events.tell(answering, origin(session, uplink, answering, uplink.payload()), fact, each);
            }
        }
    }

    private void tell(Session session, Uplink uplink, Fact fact, Completion completion) {
        if (events.wants(session.device(), fact.kind())) {
            Origin origin = origin(session, uplink, session.device(), uplink.payload());
            events.tell(session.device(), origin, fact, completion);
        } else {
            completion.done(null);
        }
    }

    /// The device is told when its values are kept for good and whoever follows events has them.
    private void keep(Session session, Uplink uplink, List<Facts> reported, Completion completion) {
        List<Facts> parts = sieve.apply(reported);
        List<Facts> known = notEmpty(parts);
        List<Told> told = new ArrayList<>(parts.size());
        parts.forEach(part -> tellings(uplink, part, told));
        Completion each = Completion.ofAll(1 + told.size(), completion);
        if (!told.isEmpty()) {
            // a part is not what the message says as a whole, and a pack of many must not be kept many times
            Payload payload = told.size() == 1 ? uplink.payload() : Payload.EMPTY;
            told.forEach(
                    one -> events.tell(one.device(), origin(session, uplink, one.device(), payload), one.fact(), each));
        }
        if (known.isEmpty()) {
            each.done(null);
        } else {
            things.report(known, each);
        }
        List<Facts> said = notEmpty(reported);
        if (!said.isEmpty()) {
            reports.reported(session, said);
        }
    }

    private static List<Facts> notEmpty(List<Facts> parts) {
        List<Facts> left = new ArrayList<>(parts.size());
        for (Facts part : parts) {
            if (!part.isEmpty()) {
                left.add(part);
            }
        }
        return left;
    }

    private record Told(DeviceId device, Fact fact) {}

    /// What one device's part of a message says: its properties together, each event for itself. A part that
    /// the model knows nothing of is told as what its topic says it is.
    private void tellings(Uplink uplink, Facts part, List<Told> told) {
        boolean hasValues = !part.samples().isEmpty() || !part.unfit().isEmpty();
        boolean isEvent = uplink instanceof Uplink.EventReport;
        if ((hasValues || (!isEvent && part.occurrences().isEmpty())) && events.wants(part.device(), Kind.PROPERTY)) {
            told.add(new Told(part.device(), new Fact.Properties(part.withoutOccurrences())));
        }
        if (!events.wants(part.device(), Kind.EVENT)) {
            return;
        }
        if (isEvent && part.occurrences().isEmpty()) {
            told.add(new Told(part.device(), new Fact.Happened(part)));
        }
        part.occurrences()
                .forEach(each -> told.add(new Told(part.device(), new Fact.Happened(part.onlyOccurrence(each)))));
    }

    /// @param about the device of the session, or one that it speaks for
    private static Origin origin(Session session, Uplink uplink, DeviceId about, Payload payload) {
        DeviceId gateway = about.equals(session.device()) ? session.gateway() : session.device();
        MessageProperties beside =
                uplink instanceof Uplink.Message message ? message.properties() : MessageProperties.NONE;
        return new Origin(session.dialect(), gateway, uplink.topic(), uplink.qos(), payload, beside);
    }
}
