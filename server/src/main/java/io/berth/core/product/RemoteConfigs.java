package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/// Remote configurations of products. Blocking; any thread.
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

    /// The product's newest configuration, whether devices may have it or not.
    public Optional<RemoteConfig> find(String product) {
        return store.find(product);
    }

    public Optional<RemoteConfig> findById(String id) {
        return store.findById(id);
    }

    public boolean isEnabled(String product) {
        return store.isEnabled(product);
    }

    public void enable(String product, boolean enabled) {
        store.enable(products.get(product).key(), enabled);
    }

    /// Makes this the product's configuration, under an id nobody can guess.
    public RemoteConfig publish(String product, Payload content) {
        require(content.size() > 0, "a configuration is a JSON document, not nothing");
        require(
                content.size() <= RemoteConfig.MAX_BYTES,
                "a configuration has at most " + RemoteConfig.MAX_BYTES + " bytes, not " + content.size());
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        RemoteConfig config = new RemoteConfig(
                HexFormat.of().formatHex(id), products.get(product).key(), content, sha256(content), clock.instant());
        store.put(config);
        return config;
    }

    private static String sha256(Payload content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.toBytes());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
