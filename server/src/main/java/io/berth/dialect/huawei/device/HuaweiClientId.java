package io.berth.dialect.huawei.device;

/// A client id `{device_id}_{type}_{sign}_{hour}` (spec huawei-iotda 2.1). Read from the right, since a
/// device id has underscores of its own; a part that is missing is empty.
record HuaweiClientId(String deviceId, String type, String sign, String hour) {
    static final int MAX_LENGTH = 256;

    private static final int HOUR_DIGITS = 10;

    static HuaweiClientId parse(String clientId) {
        int third = clientId.lastIndexOf('_');
        int second = third < 1 ? -1 : clientId.lastIndexOf('_', third - 1);
        int first = second < 1 ? -1 : clientId.lastIndexOf('_', second - 1);
        return first < 1
                ? new HuaweiClientId(clientId, "", "", "")
                : new HuaweiClientId(
                        clientId.substring(0, first),
                        clientId.substring(first + 1, second),
                        clientId.substring(second + 1, third),
                        clientId.substring(third + 1));
    }

    boolean hasHour() {
        return hour.length() == HOUR_DIGITS && isNumber(hour);
    }

    boolean looksComplete() {
        return isNumber(type) && isNumber(sign) && isNumber(hour);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
