package io.berth.dialect.huawei.device;

import io.berth.core.thing.Module;

/// A `service_id`, which is a module of the thing model. The default module, which has no name, is `default`
/// on this wire.
public final class HuaweiServiceId {
    private static final String DEFAULT = "default";

    private HuaweiServiceId() {}

    public static String module(String serviceId) {
        return serviceId.equals(DEFAULT) ? Module.DEFAULT : serviceId;
    }

    public static String of(String module) {
        return module.isEmpty() ? DEFAULT : module;
    }
}
