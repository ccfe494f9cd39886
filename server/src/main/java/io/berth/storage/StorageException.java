package io.berth.storage;

import org.jspecify.annotations.Nullable;

/// The storage cannot be opened. The message is one line for the operator: what is wrong, and what to do about it.
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StorageException(String wrong, String fix) {
        this(wrong, fix, null);
    }

    StorageException(String wrong, String fix, @Nullable Throwable cause) {
        super(wrong + ": " + fix, cause);
    }
}
