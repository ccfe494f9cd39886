package io.berth.core.session;

import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product;
import io.berth.core.topic.TopicFilter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The way to an attached device; a front implements it. The calls come from any thread and return at once.
public interface Link {
    /// Whether anything can be sent to the device at all: some come, report, and are gone.
    default boolean hears() {
        return true;
    }

    void send(Downlink downlink, Delivery delivery);

    void close(CloseCause cause);

    /// The device's rights follow the product as it is now; completes when they do.
    default CompletionStage<Void> productChanged(Product product) {
        return CompletableFuture.completedFuture(null);
    }

    /// What the device asked to hear; completes with it unless the connection ends meanwhile.
    default CompletionStage<List<TopicFilter>> filters() {
        return CompletableFuture.completedFuture(List.of());
    }

    /// When the device last gave a sign of life here; null for a way that does not keep that.
    default @Nullable Instant lastHeard() {
        return null;
    }

    /// Someone else put messages for this device into the [SessionStore] since it attached: they are to be
    /// sent now.
    default void messagesKept() {}
}
