package io.berth.dialect.aliyun.openapi;

/// What the gateway refuses before an action runs, with its HTTP status (spec aliyun-openapi 1.3).
enum GatewayCode {
    UNKNOWN_ACTION(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."),
    UNKNOWN_KEY(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."),
    INACTIVE_KEY(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled."),
    INVALID_VERSION(400, "InvalidVersion", "Specified parameter Version is not valid."),
    MALFORMED_TIME(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."),
    EXPIRED_TIME(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."),
    NONCE_USED(400, "SignatureNonceUsed", "Specified signature nonce was used already."),
    INVALID_SIGNATURE_METHOD(400, "InvalidSignatureMethod", "Specified signature method is not valid."),
    /// core reads the client's own string to sign in the message as: the secret is wrong.
    WRONG_SIGNATURE(
            400,
            "SignatureDoesNotMatch",
            "Specified signature is not matched with our calculation. server string to sign is:"),
    INCOMPLETE_SIGNATURE(400, "IncompleteSignature", "The request signature does not conform to the standards."),
    INVALID_SECURITY_TOKEN(400, "InvalidSecurityToken", "There are no role sessions here: use an access key."),
    INVALID_FORMAT(400, "InvalidParameter.Format", "Specified parameter Format is not valid: use JSON or XML."),
    MALFORMED(400, "InvalidParameter", "The request is not well formed."),
    TOO_LARGE(413, "RequestEntityTooLarge", "The request is too large."),
    UNSUPPORTED_METHOD(400, "UnsupportedHTTPMethod", "This HTTP method is not supported."),
    THROTTLED_CALLER(400, "Throttling.User", "Request was denied due to user flow control."),
    THROTTLED_ACTION(400, "Throttling.Api", "Request was denied due to api flow control."),
    FORBIDDEN(403, "Forbidden.RAM", "User not authorized to operate on the specified resource."),
    INTERNAL(500, "InternalError", "The request processing has failed due to some unknown error."),
    UNAVAILABLE(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");

    private final int status;
    private final String code;
    private final String message;

    GatewayCode(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }
}
