package io.berth.core.message;

import java.util.List;

/// Writes events in the words of one kind of subscriber. Any thread but an event loop: it may look into the
/// registry.
public interface EventFormat {
    /// The stable lower-case word users choose it by: `aliyun`, `huawei`, `native`.
    String name();

    /// What is pushed for the event: nothing where the format has no words for it, several where it tells them
    /// apart and Berth does not.
    List<Notification> write(Event event);
}
