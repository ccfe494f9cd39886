package io.berth.dialect.aliyun.openapi;

/// A group of actions, which has words of its own for what fails (spec aliyun-openapi 3.2).
enum Family {
    PRODUCTS("iot.check.InvalidFormattedParameter", "iot.prod.ProductCountExceedMax", "iot.prod.UpdateProductFailed"),
    DEVICES("iot.check.InvalidFormattedParameter", "iot.device.DeviceCountExceeded", "iot.device.CreateDeviceFailed"),
    MESSAGES(
            "iot.messagebroker.InvalidFormattedTopicName",
            "iot.messagebroker.RateLimit",
            "iot.messagebroker.PublishMessageFailed");

    private final String invalid;
    private final String limit;
    private final String failed;

    Family(String invalid, String limit, String failed) {
        this.invalid = invalid;
        this.limit = limit;
        this.failed = failed;
    }

    /// Something given breaks a rule.
    String invalid() {
        return invalid;
    }

    /// There are too many already.
    String limit() {
        return limit;
    }

    /// Anything else.
    String failed() {
        return failed;
    }
}
