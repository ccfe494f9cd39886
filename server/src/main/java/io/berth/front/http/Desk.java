package io.berth.front.http;

import io.berth.core.login.LoginGuard;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What all connections share.
///
/// @param pace messages of one device within a second; null where any number may come
/// @param open the connections there are
record Desk(
        HttpPlatform platform,
        HttpConfig config,
        Usage usage,
        @Nullable LoginGuard pace,
        Set<Connection> open) {}
