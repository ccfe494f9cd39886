package io.berth.front.coap;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// What the CoAP front allows. All bounds are of the whole front, and shared among its threads.
///
/// @param eventLoops threads that serve devices in clear, and do CoAP for those on DTLS; 0 means one per core
/// @param maxDatagramBytes the largest datagram that is read; what is longer is cut, and then malformed
/// @param maxBodyBytes the largest body of a request, in one message or in blocks
/// @param maxTransfers bodies in blocks that are under way
/// @param maxExchanges requests whose repetition is answered like the first
/// @param maxUnconfirmed separate answers that are repeated until the device confirms them
/// @param maxTokens tokens in use that are remembered, of each way in; in clear, a device whose token is
/// forgotten logs in again
/// @param maxPending requests that wait for the store, a script, or for what they say to be kept
public record CoapConfig(
        int eventLoops,
        int maxDatagramBytes,
        int maxBodyBytes,
        int maxTransfers,
        int maxExchanges,
        int maxUnconfirmed,
        int maxPending,
        int maxTokens,
        Dtls dtls) {
    public CoapConfig {
        require(eventLoops >= 0 && eventLoops <= 256, "coap.event-loops is between 0 (one per core) and 256");
        require(maxDatagramBytes >= 256 && maxDatagramBytes <= 65_507, "coap.max-datagram-bytes: 256 to 65507");
        require(maxBodyBytes >= 64 && maxBodyBytes <= 1024 * 1024, "coap.max-body-bytes: 64 B to 1 MB");
        require(maxTransfers >= 1, "coap.max-transfers is at least 1");
        require(maxExchanges >= 2, "coap.max-exchanges is at least 2");
        require(maxUnconfirmed >= 1, "coap.max-unconfirmed is at least 1");
        require(maxPending >= 1, "coap.max-pending is at least 1");
        require(maxTokens >= 2, "coap.max-tokens is at least 2");
    }

    public static CoapConfig defaults() {
        return new CoapConfig(0, 1536, 8 * 1024, 1_000, 200_000, 10_000, 10_000, 100_000, Dtls.defaults());
    }

    /// This configuration as one of so many threads has it.
    CoapConfig shared(int threads) {
        return new CoapConfig(
                eventLoops,
                maxDatagramBytes,
                maxBodyBytes,
                Math.max(1, maxTransfers / threads),
                Math.max(2, maxExchanges / threads),
                Math.max(1, maxUnconfirmed / threads),
                maxPending,
                maxTokens,
                dtls);
    }

    /// @param maxConnections DTLS associations; beyond, a new one takes the place of one that is stale
    /// @param staleAfter an association is stale when nothing was heard on it for so long
    /// @param threads that do handshakes and encryption
    /// @param connectionId whether clients may move between addresses (RFC 9146)
    public record Dtls(int maxConnections, Duration staleAfter, int threads, boolean connectionId) {
        public Dtls {
            require(maxConnections >= 1 && maxConnections <= 10_000_000, "coap.dtls.max-connections: 1 to 10000000");
            require(
                    staleAfter.toSeconds() >= 1 && staleAfter.compareTo(Duration.ofDays(30)) <= 0,
                    "coap.dtls.stale-after is between 1 second and 30 days");
            require(threads >= 0 && threads <= 256, "coap.dtls.threads is between 0 (one per core) and 256");
        }

        static Dtls defaults() {
            return new Dtls(100_000, Duration.ofMinutes(30), 0, true);
        }
    }
}
