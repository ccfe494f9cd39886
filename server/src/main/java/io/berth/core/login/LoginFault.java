package io.berth.core.login;

/// Why a login was refused, one word each: counted in metrics and shown by `explain`.
public enum LoginFault {
    /// No dialect recognises the form of client id and user name.
    NOT_RECOGNISED,
    MALFORMED_CLIENT_ID,
    MALFORMED_USER_NAME,
    MISSING_PARAMETER,
    /// A parameter has a value nobody defines (sign method, login kind).
    UNSUPPORTED_PARAMETER,
    UNSUPPORTED_PROTOCOL_VERSION,
    KEEP_ALIVE_OUT_OF_RANGE,
    /// The client announces TLS and came in clear, or needs TLS for this kind of login.
    TRANSPORT_MISMATCH,
    UNKNOWN_DEVICE,
    /// No access key, user or token like this one.
    UNKNOWN_CALLER,
    /// The login is for a consumer group that does not exist.
    UNKNOWN_GROUP,
    WRONG_SIGNATURE,
    CLOCK_SKEW,
    /// The same signed call came before: its nonce is used up.
    REPLAYED,
    /// The access key or user exists, proved itself and is switched off.
    CALLER_DISABLED,
    /// The caller proved itself and lacks the right to do this.
    NOT_ENTITLED,
    /// A token that this installation did not issue for this use, or that a newer one or another secret ended.
    WRONG_TOKEN,
    TOKEN_EXPIRED,
    DEVICE_DISABLED,
    /// The product demands another kind of credential.
    WRONG_AUTH_KIND,
    /// The device may log in over TLS only, and this was no such connection.
    TLS_DEMANDED,
    /// The product lets no device register by its secret, or none that was not registered before.
    REGISTRATION_OFF,
    /// The device is in use and is not given its secret again.
    ALREADY_ACTIVATED,
    /// As many devices of the product, or physical devices of the name, exist as may.
    NO_ROOM,
    /// Too many registrations of this product or from this address.
    TOO_MANY_REGISTRATIONS,
    /// The login needs a client certificate, and none came.
    NO_CERTIFICATE,
    /// Nobody Berth trusts signed the certificate, or its chain is not whole.
    UNTRUSTED_CERTIFICATE,
    /// The certificate, or one it depends on, is not valid yet or not any more.
    CERTIFICATE_EXPIRED,
    CERTIFICATE_REVOKED,
    /// The certificate is good, and another device's.
    OTHER_CERTIFICATE,
    /// The pre-shared key of the connection is good, and another device's.
    OTHER_KEY,
    /// Too many failed logins of this device or from this address.
    TOO_MANY_FAILURES,
    /// Berth could not check: its store did not answer, or too many logins wait.
    UNAVAILABLE
}
