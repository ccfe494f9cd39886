package io.berth.core.caller;

import java.time.Instant;

/// When an access key was last used, from where and over which application interface.
public record KeyUse(String key, Instant at, String address, String api) {}
