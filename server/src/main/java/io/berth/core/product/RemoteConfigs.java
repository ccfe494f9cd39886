package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/// The configurations operators publish for the devices of a product. Blocking; any thread.
public final class RemoteConfigs {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final RemoteConfigStore store;
    private final Products products;
    private final InstantSource clock;

    public RemoteConfigs(RemoteConfigStore store, Products products, InstantSource clock) {
        this.store = store;
        this.products = products;
        this.clock = clock;
    }

    /// The newest; empty when none was published.
    public Optional<RemoteConfig> find(String product) {
        products.get(product);
        return store.find(product);
    }

    /// By the part of its address nobody can guess; empty when there is none or a newer one took its place.
    public Optional<RemoteConfig> findById(String id) {
        return store.findById(id);
    }

    /// Makes this what devices of the product get from now on, once they may.
    ///
    /// @param json text that the caller knows to be JSON
    public RemoteConfig publish(String product, Payload json) {
        require(
                json.size() <= RemoteConfig.MAX_BYTES,
                "a configuration has at most " + RemoteConfig.MAX_BYTES + " bytes, not " + json.size());
        require(json.utf8().isPresent(), "a configuration is JSON, and these bytes are no text");
        RemoteConfig config =
                new RemoteConfig(randomId(), product, json, sha256(json), Instant.ofEpochMilli(clock.millis()));
        store.put(config);
        return config;
    }

    public boolean isEnabled(String product) {
        products.get(product);
        return store.isEnabled(product);
    }

    public void enable(String product, boolean enabled) {
        store.enable(product, enabled);
    }

    private static String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String sha256(Payload content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.buffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
