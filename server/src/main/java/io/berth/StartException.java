package io.berth;

import org.jspecify.annotations.Nullable;

/// The server cannot start. The message is for the operator: what is wrong and what to do.
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
