package io.berth.stream;

import org.jspecify.annotations.Nullable;

/// Octets are no event: they are damaged, or a later version wrote them.
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
