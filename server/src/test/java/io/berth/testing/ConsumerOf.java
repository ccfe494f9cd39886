package io.berth.testing;

import io.berth.core.subscription.Readers.Peer;
import io.berth.stream.group.Consumer;

/// A consumer that does one thing with all it is handed.
public record ConsumerOf(Peer peer, java.util.function.Consumer<Consumer.Delivered> work) implements Consumer.Receiver {
    public ConsumerOf(java.util.function.Consumer<Consumer.Delivered> work) {
        this(new Peer("a test", ""), work);
    }

    @Override
    public void deliver(Consumer.Delivered delivered) {
        work.accept(delivered);
    }
}
