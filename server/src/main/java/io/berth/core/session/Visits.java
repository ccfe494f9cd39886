package io.berth.core.session;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Devices without a connection: they come, say something, and are gone. Each counts as online from a report
/// until a while after its last one (spec aliyun-device 2.3), in a session that speaks and does not hear.
///
/// A device that has a connection as well is online by that alone: its visits neither end the connection nor
/// outlast it, and a connection takes a visit over without the device going offline in between. Never blocks;
/// any thread.
public final class Visits {
    private final Sessions sessions;
    private final Limits limits;
    private final InstantSource clock;
    private final Traffic traffic;
    private final ConcurrentHashMap<DeviceId, Visit> visits = new ConcurrentHashMap<>();

    public Visits(Sessions sessions, Limits limits, Traffic traffic, InstantSource clock) {
        this.sessions = sessions;
        this.limits = limits;
        this.traffic = traffic;
        this.clock = clock;
    }

    /// @param onlineFor how long after its last report a device without a connection counts as online
    /// @param maxDevices so many count as online at once; of more, reports are taken all the same
    public record Limits(Duration onlineFor, int maxDevices) {
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 1_000_000);

        public Limits {
            require(
                    onlineFor.toSeconds() >= 1 && onlineFor.compareTo(Duration.ofDays(7)) <= 0,
                    "presence.online-for is between 1 second and 7 days");
            require(maxDevices >= 1, "presence.max-devices is at least 1");
        }
    }

    /// The device reports something: it is online. What it said is of the session that comes back.
    public Session heard(DeviceId device, String dialect, String address) {
        Instant now = clock.instant();
        if (!visits.containsKey(device) && visits.size() >= limits.maxDevices()) {
            traffic.dropped("too many devices without a connection");
            return new Visit(device, dialect, address, now).session;
        }
        // one step with the ends below: what ended is not attached again
        return Objects.requireNonNull(visits.compute(device, (_, known) -> {
                    Visit visit = known != null && known.session.dialect().equals(dialect)
                            ? known
                            : new Visit(device, dialect, address, now);
                    visit.heard = now;
                    sessions.attachUnlessConnected(visit.session);
                    return visit;
                }))
                .session;
    }

    /// Ends the visits of devices that said nothing for too long. To be called every second or so.
    public void endOverdue() {
        Instant oldest = clock.instant().minus(limits.onlineFor());
        visits.values().forEach(visit -> {
            if (!visit.heard.isAfter(oldest)) {
                end(visit.session.device(), now -> !now.heard.isAfter(oldest), CloseCause.SILENT);
            }
        });
    }

    /// This node stops: nobody could say later that the devices are gone.
    public void endAll() {
        visits.values().forEach(visit -> visit.close(CloseCause.NODE_STOPPING));
    }

    public int count() {
        return visits.size();
    }

    private void end(DeviceId device, Predicate<Visit> over, CloseCause cause) {
        visits.computeIfPresent(device, (_, visit) -> {
            if (!over.test(visit)) {
                return visit;
            }
            sessions.detach(visit.session, cause);
            return null;
        });
    }

    private final class Visit implements Link {
        private final Session session;
        private volatile Instant heard;

        Visit(DeviceId device, String dialect, String address, Instant since) {
            this.session = new Session(device, dialect, address, since, this);
            this.heard = since;
        }

        @Override
        public boolean hears() {
            return false;
        }

        @Override
        public Instant lastHeard() {
            return heard;
        }

        @Override
        public void send(Downlink downlink, Delivery delivery) {
            delivery.failed(Problem.DEVICE_OFFLINE, session.device() + " has no connection now");
        }

        @Override
        public void close(CloseCause cause) {
            end(session.device(), visit -> visit.equals(this), cause);
        }
    }
}
