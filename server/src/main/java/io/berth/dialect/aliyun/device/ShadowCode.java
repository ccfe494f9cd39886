package io.berth.dialect.aliyun.device;

/// Why the shadow refuses (spec aliyun-device 5.4).
enum ShadowCode {
    NOT_JSON(400, "the message is not json"),
    NO_METHOD(401, "method is missing"),
    NO_STATE(402, "state is missing"),
    BAD_VERSION(403, "version is not a number"),
    NO_REPORTED(404, "reported is missing"),
    REPORTED_EMPTY(405, "reported is empty"),
    BAD_METHOD(406, "method is invalid"),
    EMPTY(407, "the document is empty"),
    TOO_LARGE(408, "the shadow has too many attributes or is too large"),
    CONFLICT(409, "the version is not later than that of the shadow"),
    INTERNAL(500, "internal error");

    private final int number;
    private final String message;

    ShadowCode(int number, String message) {
        this.number = number;
        this.message = message;
    }

    int number() {
        return number;
    }

    String message() {
        return message;
    }
}
