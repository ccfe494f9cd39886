package io.berth.core.product;

import io.berth.core.credential.Hmac;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/// Addresses under which a script can be fetched for an hour by whoever has one, signed by the secret of its
/// product. Blocking; any thread.
public final class ScriptLinks {
    /// Under which the web listener hands scripts out: `PATH/PRODUCT/EXPIRES/SIGNATURE`.
    public static final String PATH = "/files/script";

    private static final Duration VALID = Duration.ofHours(1);

    private final ScriptSources scripts;
    private final Products products;
    private final Supplier<String> filesUrl;
    private final InstantSource clock;

    /// @param filesUrl where this server is reached by HTTP, without a slash at the end
    public ScriptLinks(ScriptSources scripts, Products products, Supplier<String> filesUrl, InstantSource clock) {
        this.scripts = scripts;
        this.products = products;
        this.filesUrl = filesUrl;
        this.clock = clock;
    }

    /// NOT_FOUND when the product has no script.
    public String make(String product) {
        scripts.get(product);
        String expires = Long.toString(clock.instant().plus(VALID).getEpochSecond());
        String signature = HexFormat.of().formatHex(sign(products.get(product), expires));
        return filesUrl.get() + PATH + "/" + product + "/" + expires + "/" + signature;
    }

    /// The script that an address leads to; empty when it is not one of ours, or no longer.
    public Optional<Script> open(String product, String expires, String signature) {
        return products.find(product)
                .filter(found -> Hmac.matches(sign(found, expires), signature) && isAhead(expires))
                .flatMap(found -> scripts.find(found.key()));
    }

    private static byte[] sign(Product product, String expires) {
        return Hmac.SHA256.sign(product.secret(), "script/" + product.key() + "/" + expires);
    }

    /// Of a time that was signed, and so is a number.
    private boolean isAhead(String expires) {
        return clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)));
    }
}
