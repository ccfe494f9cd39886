package io.berth.front.coap;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginGuard;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.core.message.Events;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import io.berth.core.state.Things;
import io.berth.dialect.Intake;
import io.berth.dialect.KnownDevices;
import io.berth.net.Place;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.MemorySessions;
import io.berth.testing.MemoryThings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/// A front in clear on a free port, with one thread, and everything behind it.
final class CoapBed implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    final HeldLog log = new HeldLog();
    final MemoryRefusals refusals = new MemoryRefusals();
    private final CoapFront front;
    private final int port;

    private CoapBed(CoapConfig config) {
        Events events = new Events(log, CLOCK);
        Sessions sessions = new Sessions(events, _ -> {});
        Visits visits = new Visits(sessions, Visits.Limits.DEFAULT, Traffic.UNCOUNTED, CLOCK);
        Uplinks uplinks = new Uplinks(
                events,
                new Things(new MemoryThings(), CLOCK),
                new Requests(new Downlinks(sessions, new MemorySessions(2)), sessions, 10, 0),
                Uplinks.LateReplies.IGNORED);
        CoapPlatform platform = new CoapPlatform(
                new FakeDialect(),
                new KnownDevices().with("p", "dev", "p_dev", "secret"),
                new Intake(uplinks, visits, Traffic.UNCOUNTED, 10),
                refusals,
                new LoginGuard(5, Duration.ofMinutes(1), 100, CLOCK),
                Traffic.UNCOUNTED,
                CLOCK);
        front = new CoapFront(
                platform,
                config,
                () -> {
                    throw new IllegalStateException("no DTLS here");
                },
                List.of(new CoapListener(new Place("coap-sym", "127.0.0.1", 0), false)));
        port = front.start().getFirst().port();
    }

    static CoapBed start() {
        return start(config -> config);
    }

    static CoapBed start(UnaryOperator<CoapConfig> change) {
        CoapConfig standard = CoapConfig.defaults();
        CoapConfig single = new CoapConfig(
                1,
                standard.maxDatagramBytes(),
                standard.maxBodyBytes(),
                standard.maxTransfers(),
                standard.maxExchanges(),
                standard.maxUnconfirmed(),
                standard.maxPending(),
                standard.maxTokens(),
                standard.dtls());
        return new CoapBed(change.apply(single));
    }

    RawCoap client() {
        return RawCoap.to(port);
    }

    @Override
    public void close() {
        front.close();
    }

    /// Keeps messages at once, or when the test says so.
    static final class HeldLog implements EventLog {
        final List<Event> messages = new CopyOnWriteArrayList<>();
        final BlockingQueue<Completion> open = new LinkedBlockingQueue<>();
        volatile boolean holding;

        @Override
        public boolean wants(DeviceId device, Event.Kind kind) {
            return kind == Event.Kind.MESSAGE;
        }

        @Override
        public boolean wants(String product, Event.Kind kind) {
            return kind == Event.Kind.MESSAGE;
        }

        @Override
        public void append(Event event, Completion completion) {
            messages.add(event);
            if (holding) {
                open.add(completion);
            } else {
                completion.done(null);
            }
        }
    }
}
