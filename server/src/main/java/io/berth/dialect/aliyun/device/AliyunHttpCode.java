package io.berth.dialect.aliyun.device;

import io.berth.dialect.HttpAnswer;

/// What the vendor's HTTPS answers, in the body of a 200 (spec aliyun-device 2.3).
enum AliyunHttpCode {
    COMMON_ERROR(10000, "common error"),
    PARAM_ERROR(10001, "param error"),
    AUTH_ERROR(20000, "auth check error"),
    TOKEN_EXPIRED(20001, "token is expired"),
    TOKEN_NULL(20002, "token is null"),
    TOKEN_ERROR(20003, "check token error"),
    PUBLISH_ERROR(30001, "publish message error"),
    TOO_MANY(40000, "request too many");

    private final String body;

    AliyunHttpCode(int code, String message) {
        this.body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    HttpAnswer answer() {
        return HttpAnswer.json(200, body);
    }

    static HttpAnswer success(String info) {
        return HttpAnswer.json(200, "{\"code\":0,\"message\":\"success\",\"info\":{" + info + "}}");
    }
}
