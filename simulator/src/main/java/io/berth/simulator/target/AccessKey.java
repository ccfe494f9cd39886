package io.berth.simulator.target;

import io.berth.simulator.application.KeyPair;

/// An access key made for one run. Closing it deletes the key.
public record AccessKey(KeyPair pair, Runnable deletion) implements AutoCloseable {
    @Override
    public void close() {
        deletion.run();
    }
}
