package io.berth.dialect;

/// What the sender of a CoAP request is answered, by meaning: response codes of RFC 7252 section 12.1.2 and
/// RFC 7959 section 2.9.
public enum CoapCode {
    CONTENT(2, 5),
    CONTINUE(2, 31),
    BAD_REQUEST(4, 0),
    UNAUTHORIZED(4, 1),
    BAD_OPTION(4, 2),
    FORBIDDEN(4, 3),
    NOT_FOUND(4, 4),
    METHOD_NOT_ALLOWED(4, 5),
    NOT_ACCEPTABLE(4, 6),
    INCOMPLETE(4, 8),
    TOO_LARGE(4, 13),
    UNSUPPORTED_FORMAT(4, 15),
    INTERNAL_ERROR(5, 0),
    UNAVAILABLE(5, 3),
    PROXYING_NOT_SUPPORTED(5, 5);

    private final int code;

    CoapCode(int kind, int detail) {
        this.code = (kind << 5) | detail;
    }

    /// The octet on the wire.
    public int code() {
        return code;
    }
}
