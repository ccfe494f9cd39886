package io.berth.dialect.huawei.device;

/// Where a downlink goes.
///
/// @param connected the id of the device whose connection and topics carry it
/// @param meant the id of the device it is for, the same or one behind it
record HuaweiAddress(String connected, String meant) {
    static HuaweiAddress own(String deviceId) {
        return new HuaweiAddress(deviceId, deviceId);
    }

    boolean isChild() {
        return !connected.equals(meant);
    }

    String root() {
        return "$oc/devices/" + connected + "/";
    }
}
