package io.berth.core.device;

/// How a login names its device.
public sealed interface DeviceRef {
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
