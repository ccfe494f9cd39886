package io.berth.api;

/// What a route asks of its caller, each right containing the ones before it.
public enum Right {
    NONE,
    /// Sees registry, traffic and refusals.
    READER,
    /// Changes the registry and talks to devices.
    OPERATOR,
    /// Makes and takes away credentials of callers.
    ADMINISTRATOR
}
