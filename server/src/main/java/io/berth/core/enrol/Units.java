package io.berth.core.enrol;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.Alarms;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The physical devices that go by one name. A device is at risk while more than one of its units has logged
/// in: one is a copy, or a name was burned twice. Blocking unless said otherwise; any thread.
public final class Units {
    private final UnitStore store;
    private final Registry registry;
    private final Alarms alarms;
    private final InstantSource clock;

    public Units(UnitStore store, Registry registry, Alarms alarms, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.alarms = alarms;
        this.clock = clock;
    }

    /// A device and those who go by its name.
    public record Risk(DeviceId device, List<Unit> units) {
        public Risk {
            units = List.copyOf(units);
        }
    }

    /// A unit logged in. Never blocks; the first login of each is kept, and the second of a name raises an
    /// alarm.
    public void loggedIn(DeviceId device, Unit unit) {
        if (unit.seen() == null) {
            var _ = store.seen(device, unit.id(), clock.instant()).thenAccept(seen -> {
                registry.directory().forget(device);
                if (seen > 1) {
                    alarms.raise(
                            alarm(device),
                            device,
                            Alarm.Severity.MAJOR,
                            seen + " physical devices log in as " + device + ". Keep one of them, or clear them all.");
                }
            });
        }
    }

    /// The oldest first; DEVICE_NOT_FOUND.
    public List<Unit> of(DeviceId device) {
        return store.of(registry.devices().get(device).id());
    }

    /// By product and name.
    ///
    /// @param product of this product only; null for all
    public Page<Risk> risks(@Nullable String product, Page.Request page) {
        DeviceId after = page.cursor().map(Units::cursor).orElse(null);
        List<DeviceId> found = store.shared(product, after, page.limit() + 1);
        Page<DeviceId> cut = Page.cut(found, page, DeviceId::toString);
        return new Page<>(
                cut.items().stream().map(id -> new Risk(id, store.of(id))).toList(), cut.next());
    }

    /// Lets only this unit go by the name; the others are refused from now on. NOT_FOUND when there is no
    /// such unit.
    public void keep(DeviceId device, String unit) {
        registry.devices().get(device);
        if (!store.keep(device, unit)) {
            throw new ProblemException(Problem.NOT_FOUND, device + " has no unit \"" + unit + "\"");
        }
        registry.devices().updated(device);
        alarms.clear(alarm(device));
        // whichever is on: the one that is kept comes back
        Session session = registry.sessions().find(device);
        if (session != null) {
            session.link().close(CloseCause.DEVICE_RESET);
        }
    }

    /// Refuses all units of the name. The device is as before its first login: it may register again.
    public void clear(DeviceId device) {
        registry.devices().get(device);
        store.clear(device);
        registry.devices().reset(device, null);
        alarms.clear(alarm(device));
    }

    private static String alarm(DeviceId device) {
        return "units:" + device.product() + ":" + device.name();
    }

    private static DeviceId cursor(String text) {
        int slash = text.indexOf('/');
        ProblemException.require(slash > 0, "\"after\" is no cursor of this list");
        return new DeviceId(text.substring(0, slash), text.substring(slash + 1));
    }
}
