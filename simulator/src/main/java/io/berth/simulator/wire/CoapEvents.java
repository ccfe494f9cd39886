package io.berth.simulator.wire;

/// Hears what comes back over a [CoapConnection], on its loop.
public interface CoapEvents {
    /// The request of that number was accepted.
    void answered(int number);

    /// What could be read was read.
    void readComplete();

    void lost(String reason);
}
