package io.berth.core.certificate;

import io.berth.core.certificate.CertificateStore.Link;
import io.berth.core.credential.Sha256;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/// Links to all certificates of a batch of devices. Whoever has such a link gets the keys, so that it is as
/// good as a password: Berth keeps its digest only. Blocking; any thread.
public final class CertificateLinks {
    /// Where they lead, followed by the secret part.
    public static final String PATH = "/device-certificates/";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 16;
    private static final int MOST_OF_BATCH = 10;

    private final CertificateStore store;
    private final CertificateConfig config;
    private final Supplier<String> server;
    private final InstantSource clock;

    /// @param server the address of this server, without a slash at the end
    public CertificateLinks(
            CertificateStore store, CertificateConfig config, Supplier<String> server, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.server = server;
        this.clock = clock;
    }

    public record Made(String url, Instant expires) {}

    /// A new link; of many to the same batch the oldest ends.
    public Made make(long batch) {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        Instant expires = now.plus(config.linkLifetime());
        store.insertLink(new Link(Sha256.hex(secret), batch, expires), now, MOST_OF_BATCH);
        return new Made(server.get() + PATH + secret + ".zip", expires);
    }

    /// The batch that a link leads to; empty when there is no such link, or it is over.
    public Optional<Long> batch(String secret) {
        return store.findLink(Sha256.hex(secret))
                .filter(link -> clock.instant().isBefore(link.expires()))
                .map(Link::batch);
    }
}
