package io.berth.core.session;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.state.Things;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Takes what devices send. Called on event loops: never blocks. The completion fires when the message is
/// accepted for good, and only then may the front acknowledge it.
public final class Uplinks {
    private final EventLog log;
    private final Things things;
    private final Requests requests;
    private final LateReplies lateReplies;
    private final InstantSource clock;
    private volatile ReportListener reports = (session, parts) -> {};

    public Uplinks(EventLog log, Things things, Requests requests, LateReplies lateReplies, InstantSource clock) {
        this.log = log;
        this.things = things;
        this.requests = requests;
        this.lateReplies = lateReplies;
        this.clock = clock;
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

    /// Who else hears of reports. To be called before any device attaches.
    public void follow(ReportListener listener) {
        reports = listener;
    }

    public void accept(Session session, Uplink uplink, Completion completion) {
        switch (uplink) {
            case Uplink.Message _, Uplink.Info _ ->
                record(session.device(), session, Event.Kind.MESSAGE, uplink, completion);
            case Uplink.PropertyReport report ->
                keep(session, Event.Kind.PROPERTY, uplink, List.of(report.facts()), completion);
            case Uplink.EventReport report ->
                keep(session, Event.Kind.EVENT, uplink, List.of(report.facts()), completion);
            case Uplink.Pack pack -> keep(session, Event.Kind.PROPERTY, uplink, pack.parts(), completion);
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
                record(answering, session, Event.Kind.COMMAND, uplink, each);
            }
        }
    }

    /// The device is told when its values are kept for good and whoever follows events has them.
    private void keep(Session session, Event.Kind kind, Uplink uplink, List<Facts> parts, Completion completion) {
        List<Facts> known = new ArrayList<>(parts.size());
        List<DeviceId> wanted = new ArrayList<>(parts.size());
        for (Facts part : parts) {
            if (!part.isEmpty()) {
                known.add(part);
            }
            if (log.wants(part.device(), kind)) {
                wanted.add(part.device());
            }
        }
        Completion each = Completion.ofAll(1 + wanted.size(), completion);
        wanted.forEach(device -> log.append(event(device, session, kind, uplink), each));
        if (known.isEmpty()) {
            each.done(null);
        } else {
            things.report(known, each);
            reports.reported(session, known);
        }
    }

    private void record(DeviceId device, Session session, Event.Kind kind, Uplink uplink, Completion completion) {
        if (log.wants(device, kind)) {
            log.append(event(device, session, kind, uplink), completion);
        } else {
            completion.done(null);
        }
    }

    private Event event(DeviceId device, Session session, Event.Kind kind, Uplink uplink) {
        return new Event(
                clock.instant(),
                device,
                session.dialect(),
                kind,
                uplink.topic(),
                uplink.qos(),
                uplink.payload(),
                uplink instanceof Uplink.Message message ? message.properties() : MessageProperties.NONE);
    }
}
