package io.berth.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What the operator asked for cannot be had; the message is the whole sentence they read.
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String reason) {
        super(reason);
    }

    static RefusedException unreadable(Path file, IOException cause) {
        String reason = switch (cause) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(cause.getMessage());
        };
        return new RefusedException("cannot read " + file + ": " + reason);
    }
}
