package io.berth.core.session;

import io.berth.core.Payload;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.core.message.EventLog.Completion;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import java.time.InstantSource;

/// Takes what devices send. Called on event loops: never blocks. The completion fires when the message is accepted for
/// good, and only then may the front acknowledge it.
public final class Uplinks {
    private final EventLog log;
    private final Requests requests;
    private final InstantSource clock;

    public Uplinks(EventLog log, Requests requests, InstantSource clock) {
        this.log = log;
        this.requests = requests;
        this.clock = clock;
    }

    public void accept(Session session, Uplink uplink, Completion completion) {
        Event.Kind kind = switch (uplink) {
            case Uplink.Message _ -> Event.Kind.MESSAGE;
            case Uplink.PropertyReport _ -> Event.Kind.PROPERTY;
            case Uplink.EventReport _ -> Event.Kind.EVENT;
            case Uplink.Info _ -> Event.Kind.MESSAGE;
            case Uplink.Reply reply -> {
                requests.complete(session.device(), reply.requestId(), reply.payload());
                yield Event.Kind.COMMAND;
            }
        };
        record(session, kind, uplink.topic(), uplink.qos(), uplink.payload(), completion);
    }

    private void record(
            Session session, Event.Kind kind, String topic, Qos qos, Payload payload, Completion completion) {
        if (log.wants(session.device(), kind)) {
            log.append(
                    new Event(clock.instant(), session.device(), session.dialect(), kind, topic, qos, payload),
                    completion);
        } else {
            completion.done(null);
        }
    }
}
