package io.berth.front.mqtt;

import io.berth.core.device.DeviceDirectory;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Route;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// The topics a connection published on and where they lead. A topic is resolved once; all are forgotten when a product
/// or device changed, and when there are more than well-behaved devices have.
final class Routes {
    private static final int PER_DEVICE = 64;

    private final MqttWire wire;
    private final DeviceDirectory directory;
    private @Nullable HashMap<String, Route> known;
    private @Nullable HashMap<Integer, String> aliases;
    private int limit = PER_DEVICE;
    private int asOf;

    Routes(MqttWire wire, DeviceDirectory directory) {
        this.wire = wire;
        this.directory = directory;
    }

    Route find(String topic) {
        int changes = directory.changes();
        HashMap<String, Route> cache = known;
        if (cache == null) {
            cache = new HashMap<>(4);
            known = cache;
        } else if (changes != asOf || cache.size() >= limit) {
            cache.clear();
        }
        asOf = changes;
        Route route = cache.get(topic);
        if (route == null) {
            route = wire.route(topic);
            cache.put(topic, route);
        }
        return route;
    }

    /// So many devices publish on the connection.
    void allow(int devices) {
        limit = PER_DEVICE * devices;
    }

    /// The rights of the device changed.
    void forget() {
        known = null;
    }

    void alias(int alias, String topic) {
        if (aliases == null) {
            aliases = new HashMap<>(4);
        }
        aliases.put(alias, topic);
    }

    @Nullable
    String aliased(int alias) {
        return aliases == null ? null : aliases.get(alias);
    }
}
