package io.berth.core.session;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.product.Product;
import io.berth.core.product.ProductStore;
import io.berth.core.product.Products;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What follows when the registry changes a product: memory forgets it, and the live sessions of its devices
/// go on with the rights it gives now, without a new login. Blocks until they all do (for a while: a stuck
/// connection must not keep the operator), so that a change is in force when the call that made it returns.
public final class ProductChanges implements Products.ChangeListener {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DeviceDirectory directory;
    private final ProductStore store;
    private final Sessions sessions;
    private final Events events;
    private final Consumer<String> others;

    /// @param others keep something of products too, and hear the key of each that changed
    public ProductChanges(
            DeviceDirectory directory, ProductStore store, Sessions sessions, Events events, Consumer<String> others) {
        this.directory = directory;
        this.store = store;
        this.sessions = sessions;
        this.events = events;
        this.others = others;
    }

    @Override
    public void lifecycle(Product product, Products.Change change) {
        events.tell(product.key(), new Fact.Lifecycle(told(change), product.alias(), product.name()));
    }

    private static Fact.Lifecycle.Change told(Products.Change change) {
        return switch (change) {
            case CREATED -> Fact.Lifecycle.Change.CREATED;
            case UPDATED -> Fact.Lifecycle.Change.UPDATED;
            case DELETED -> Fact.Lifecycle.Change.DELETED;
        };
    }

    @Override
    public void productChanged(String key) {
        directory.forgetProduct(key);
        List<Session> attached = sessions.ofProduct(key);
        if (!attached.isEmpty()) {
            store.find(key).ifPresent(product -> tell(attached, product));
        }
        others.accept(key);
    }

    private static void tell(List<Session> attached, Product product) {
        CompletableFuture<?>[] told = attached.stream()
                .map(session -> session.link().productChanged(product).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(told)
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
