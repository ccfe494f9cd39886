package io.berth.dialect.aliyun.device;

/// The codes Berth answers with (spec aliyun-device 5.2).
enum AlinkCode {
    SUCCESS(200, "success"),
    NOT_SUPPORTED(404, "service not found"),
    PARAMETER_ERROR(460, "request parameter error"),
    NOT_JSON(6207, "payload is not json"),
    TOPIC_ILLEGAL(6813, "topic illegal");

    private final int number;
    private final String message;

    AlinkCode(int number, String message) {
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
