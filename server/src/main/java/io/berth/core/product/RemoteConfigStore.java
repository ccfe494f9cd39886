package io.berth.core.product;

import java.util.Optional;

/// Where remote configurations are kept: of each product the newest, and whether devices may have it.
/// Blocking; a returned change is durable.
public interface RemoteConfigStore {
    Optional<RemoteConfig> find(String product);

    Optional<RemoteConfig> findById(String id);

    /// Replaces the product's configuration; PRODUCT_NOT_FOUND when there is none.
    void put(RemoteConfig config);

    /// Whether devices of the product may have a configuration at all.
    boolean isEnabled(String product);

    void enable(String product, boolean enabled);
}
