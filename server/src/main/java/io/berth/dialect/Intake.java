package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.Session;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes the messages of devices without a connection: each does what a publish on its topic does, but for the
/// replies, which have no way to the device. Never blocks; any thread.
public final class Intake {
    private final Uplinks uplinks;
    private final Visits visits;
    private final Traffic traffic;
    private final int maxLooking;
    private final AtomicInteger looking = new AtomicInteger();

    /// @param maxLooking messages that take the store or a script, at once
    public Intake(Uplinks uplinks, Visits visits, Traffic traffic, int maxLooking) {
        this.uplinks = uplinks;
        this.visits = visits;
        this.traffic = traffic;
        this.maxLooking = maxLooking;
    }

    /// A message whose sender is known.
    ///
    /// @param address where it came from
    /// @param reader where its topic leads
    public record Arrival(DeviceId device, String dialect, String address, Route.Reader reader, Payload payload) {}

    /// What became of a message.
    public enum Fate {
        /// Accepted for good: where someone wants it, it is durable.
        TAKEN,
        /// Not understood.
        DROPPED,
        /// Too many messages wait.
        OVERLOADED,
        /// It could not be kept; the device may send it again.
        FAILED
    }

    /// Hears once, by one of the two, from any thread.
    public interface Ending {
        void ended(Fate fate);

        /// A fault of ours: to be logged where it is known whose message it was.
        void failed(Throwable fault);
    }

    public void take(Arrival arrival, Ending ending) {
        Session session = visits.heard(arrival.device(), arrival.dialect(), arrival.address());
        Message message = new Message(session, System.nanoTime(), ending);
        message.take(arrival.reader().read(arrival.payload(), Qos.AT_LEAST_ONCE));
    }

    private final class Message {
        private final Session session;
        private final long arrived;
        private final Ending ending;

        Message(Session session, long arrived, Ending ending) {
            this.session = session;
            this.arrived = arrived;
            this.ending = ending;
        }

        void take(Reading reading) {
            switch (reading) {
                case Reading.Accepted accepted -> {
                    accepted.leftOut().forEach(traffic::dropped);
                    uplinks.accept(session, accepted.uplink(), failure -> accepted(accepted.uplink(), failure == null));
                }
                // the answer has no way to the device
                case Reading.Answered _ -> ending.ended(Fate.TAKEN);
                case Reading.Dropped dropped -> {
                    traffic.dropped(dropped.reason());
                    ending.ended(Fate.DROPPED);
                }
                // a device behind this one is attached to a connection, and there is none
                case Reading.Through _ -> {
                    traffic.dropped("the child is not attached here");
                    ending.ended(Fate.DROPPED);
                }
                case Reading.Later later -> look(later);
            }
        }

        private void accepted(Uplink uplink, boolean kept) {
            if (kept) {
                traffic.uplink(session.dialect(), kindOf(uplink), System.nanoTime() - arrived);
            }
            ending.ended(kept ? Fate.TAKEN : Fate.FAILED);
        }

        private void look(Reading.Later later) {
            if (looking.incrementAndGet() > maxLooking) {
                looking.decrementAndGet();
                traffic.dropped("too many messages wait for the store or a script");
                ending.ended(Fate.OVERLOADED);
                return;
            }
            Thread.ofVirtual().name("intake").start(() -> {
                try {
                    Reading found = later.work().read();
                    take(found);
                } catch (RuntimeException | Error e) {
                    ending.failed(e);
                } finally {
                    looking.decrementAndGet();
                }
            });
        }
    }

    /// The word a message is counted under.
    public static String kindOf(Uplink uplink) {
        return switch (uplink) {
            case Uplink.Message _ -> "message";
            case Uplink.PropertyReport _, Uplink.Pack _ -> "property";
            case Uplink.EventReport _ -> "event";
            case Uplink.Reply _ -> "reply";
            case Uplink.Info _ -> "info";
        };
    }
}
