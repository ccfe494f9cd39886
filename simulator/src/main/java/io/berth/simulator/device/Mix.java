package io.berth.simulator.device;

/// Which wires the devices of a fleet speak.
public enum Mix {
    ALIYUN,
    HUAWEI,
    /// Every second device speaks Huawei's.
    MIXED;

    Dialect of(int index) {
        return switch (this) {
            case ALIYUN -> Dialect.ALIYUN;
            case HUAWEI -> Dialect.HUAWEI;
            case MIXED -> index % 2 == 0 ? Dialect.ALIYUN : Dialect.HUAWEI;
        };
    }
}
