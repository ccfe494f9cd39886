package io.berth.core.line;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Secret;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// Who may ask for identities: one place of the line, or all the devices that carry the same line key.
///
/// @param networks where its requests come from; at least one
/// @param products whose identities it is given; empty for those of every product
public record Station(String name, Proof proof, List<Network> networks, List<String> products, Instant created) {
    private static final int MOST_NETWORKS = 64;
    private static final int MOST_PRODUCTS = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// How it shows that it is the one.
    public sealed interface Proof {
        Kind kind();

        record Token(Secret secret) implements Proof {
            @Override
            public Kind kind() {
                return Kind.TOKEN;
            }
        }

        record Key(Secret secret) implements Proof {
            @Override
            public Kind kind() {
                return Kind.KEY;
            }
        }

        /// It counts whoever signed it, or nobody: it is this one, byte for byte.
        record Certificate(X509Certificate certificate) implements Proof {
            @Override
            public Kind kind() {
                return Kind.CERTIFICATE;
            }

            public Fingerprint fingerprint() {
                return Fingerprint.of(certificate);
            }

            public Instant expires() {
                return certificate.getNotAfter().toInstant();
            }

            boolean isInTime(Instant now) {
                return !now.isBefore(certificate.getNotBefore().toInstant()) && !now.isAfter(expires());
            }
        }
    }

    public enum Kind {
        /// It sends its secret with each request: for a machine on the line.
        TOKEN,
        /// It signs each request with its secret: for firmware, which is read by anyone who buys a device.
        KEY,
        /// It shows a certificate when its TLS connection begins: for a machine that guards its key.
        CERTIFICATE
    }

    public Station {
        requireName(name);
        require(
                !networks.isEmpty() && networks.size() <= MOST_NETWORKS,
                "a station has 1 to " + MOST_NETWORKS + " networks");
        require(products.size() <= MOST_PRODUCTS, "a station has at most " + MOST_PRODUCTS + " products");
        networks = List.copyOf(networks);
        products = List.copyOf(products);
    }

    static void requireName(String name) {
        require(NAME.matcher(name).matches(), "a name on the line has 1 to 64 of A-Z a-z 0-9 - _");
    }

    boolean serves(String product) {
        return products.isEmpty() || products.contains(product);
    }

    boolean isReachedFrom(String address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
