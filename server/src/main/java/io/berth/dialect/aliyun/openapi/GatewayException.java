package io.berth.dialect.aliyun.openapi;

import io.berth.core.audit.Refused;

/// A request that came to no action. The message is what the client is told.
final class GatewayException extends RuntimeException implements Refused {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    GatewayException(GatewayCode refused) {
        this(refused.status(), refused.code(), refused.message());
    }

    GatewayException(GatewayCode refused, String detail) {
        this(refused.status(), refused.code(), refused.message() + " " + detail);
    }

    GatewayException(GatewayCode refused, String detail, Throwable cause) {
        this(refused, detail);
        initCause(cause);
    }

    private GatewayException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// `MissingProductKey`
    static GatewayException missing(String name) {
        return new GatewayException(400, "Missing" + name, name + " is mandatory for this action.");
    }

    /// `InvalidPageSize`
    static GatewayException invalid(String name, String detail) {
        return new GatewayException(
                400, "Invalid" + name, "Specified parameter " + name + " is not valid: " + detail + ".");
    }

    /// The echo of what had to be signed must equal the client's, with nothing between.
    static GatewayException wrongSignature(String stringToSign) {
        GatewayCode code = GatewayCode.WRONG_SIGNATURE;
        return new GatewayException(code.status(), code.code(), code.message() + stringToSign);
    }

    @Override
    public String outcome() {
        return code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
