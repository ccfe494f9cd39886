package io.berth.core.session;

/// Why a session ended. The lower-case words are shown to users and counted.
public enum CloseCause {
    /// The device said goodbye.
    DISCONNECTED,
    /// The connection broke.
    CONNECTION_LOST,
    /// Nothing was heard for one and a half keep-alive periods.
    KEEP_ALIVE_EXPIRED,
    /// A device without a connection reported nothing for a while.
    SILENT,
    /// The device logged in again elsewhere.
    TAKEN_OVER,
    /// The gateway it speaks through has gone.
    GATEWAY_GONE,
    /// It does not stand behind the gateway any more that it spoke through.
    UNLINKED,
    DEVICE_DISABLED,
    DEVICE_DELETED,
    DEVICE_RESET,
    /// The certificate it logged in with is not good any more.
    CERTIFICATE_REVOKED,
    /// The device broke the protocol.
    PROTOCOL_ERROR,
    /// The device did not read what was sent to it, or exceeded a bound.
    OVERLOADED,
    /// This node is stopping.
    NODE_STOPPING,
    INTERNAL_ERROR
}
