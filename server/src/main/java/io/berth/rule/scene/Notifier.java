package io.berth.rule.scene;

import io.berth.core.Value;
import java.net.URI;

/// Tells somebody outside. Blocks, for a bounded time; any thread.
@FunctionalInterface
public interface Notifier {
    /// Posts the message as JSON to the address; empty, or why it was not taken.
    String send(URI url, Value.Fields message) throws InterruptedException;
}
