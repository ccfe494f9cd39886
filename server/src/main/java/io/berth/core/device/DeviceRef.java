package io.berth.core.device;

import org.jspecify.annotations.Nullable;

/// How a login names its device.
public sealed interface DeviceRef {
    /// Null where that takes a look into the registry.
    default @Nullable DeviceId id() {
        return null;
    }

    record ById(DeviceId id) implements DeviceRef {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    record ByAlias(String alias) implements DeviceRef {
        @Override
        public String toString() {
            return alias;
        }
    }
}
