package io.berth.front.mqtt;

/// How far a connection got.
enum Phase {
    AWAITING_CONNECT,
    /// Its login or its stored session is being looked up.
    OPENING,
    /// Its device was sent credentials and is to come again with them; it counts as not in yet.
    ENROLLED,
    ONLINE,
    /// Said its last words.
    CLOSING,
    CLOSED;

    /// Whether it is not in yet.
    boolean isArrival() {
        return this == AWAITING_CONNECT || this == OPENING || this == ENROLLED;
    }

    boolean isOver() {
        return this == CLOSING || this == CLOSED;
    }
}
