package io.berth.core.product;

import io.berth.core.Payload;
import java.time.Instant;

/// A configuration that devices of a product fetch or are pushed.
///
/// @param id names this version: unguessable, and part of the address devices fetch it from
/// @param content JSON, at most 64 KB
/// @param sha256 of the content, lower-case hex
public record RemoteConfig(String id, String product, Payload content, String sha256, Instant created) {
    public static final int MAX_BYTES = 65_536;
}
