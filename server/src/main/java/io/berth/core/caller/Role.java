package io.berth.core.caller;

/// How much a caller may do, each role containing the ones before it.
public enum Role {
    /// Sees registry, traffic and refusals.
    READER,
    /// Changes the registry and talks to devices.
    OPERATOR,
    /// Makes and takes away credentials of callers.
    ADMINISTRATOR
}
