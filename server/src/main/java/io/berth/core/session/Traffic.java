package io.berth.core.session;

import io.berth.core.message.Qos;

/// Hears of what passes through a front, for whoever counts. Called on event loops: never blocks, allocates nothing.
/// All words given are few and stable.
public interface Traffic {
    void connectionOpened(String listener);

    void connectionClosed(String listener);

    /// @param result `accepted`, another word where a setting let pass what the vendor refuses, or the lower-case fault
    void login(String dialect, String result, long nanos);

    /// A message was accepted for good.
    ///
    /// @param kind `message`, `property`, `event`, `reply` or `info`
    /// @param nanos from the message's arrival to its acceptance
    void uplink(String dialect, String kind, long nanos);

    void downlink(String dialect, Qos qos);

    /// Something was refused or thrown away: a message, a connection, a packet.
    void dropped(String cause);

    /// Counts nothing.
    Traffic UNCOUNTED = new Traffic() {
        @Override
        public void connectionOpened(String listener) {}

        @Override
        public void connectionClosed(String listener) {}

        @Override
        public void login(String dialect, String result, long nanos) {}

        @Override
        public void uplink(String dialect, String kind, long nanos) {}

        @Override
        public void downlink(String dialect, Qos qos) {}

        @Override
        public void dropped(String cause) {}
    };
}
