package io.berth.simulator.wire;

/// What happens on an [AmqpReceiver].
public interface AmqpEvents {
    /// This many whole messages came, and are accepted.
    void delivered(int messages);

    void lost(String reason);
}
