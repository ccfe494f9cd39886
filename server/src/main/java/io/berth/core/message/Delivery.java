package io.berth.core.message;

import io.berth.core.Problem;

/// Hears how far one downlink got. Called from any thread, each state at most once, none after `failed`; must
/// not block.
public interface Delivery {
    void reached(DeliveryState state);

    /// It was sent at QoS 0: nobody will confirm it, nothing follows.
    default void sentUnconfirmed() {
        reached(DeliveryState.SENT);
    }

    void failed(Problem problem, String detail);

    /// What whoever follows the message knows it as, for those who keep the message longer than this delivery
    /// lasts; empty when nobody does.
    default String knownAs() {
        return "";
    }

    /// What the application calls the message, empty when nothing.
    default String called() {
        return "";
    }

    /// Whether the message is given up for this reason; false when somebody sends it again.
    default boolean isOver(Problem problem) {
        return true;
    }

    /// For messages nobody follows.
    Delivery UNWATCHED = new Delivery() {
        @Override
        public void reached(DeliveryState state) {}

        @Override
        public void failed(Problem problem, String detail) {}
    };
}
