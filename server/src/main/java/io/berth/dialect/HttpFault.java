package io.berth.dialect;

/// Why a request is not served that its dialect did not read, or could not settle.
public enum HttpFault {
    TOO_LARGE,
    /// More than a device, or all together, may send now.
    TOO_MANY,
    /// The store or the log does not answer.
    UNAVAILABLE,
    INTERNAL
}
