package io.berth.config;

/// The configuration cannot be used. The message is one sentence for the operator that names file, key and remedy.
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SettingsException(String message) {
        super(message);
    }

    SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
