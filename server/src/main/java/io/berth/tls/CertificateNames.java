package io.berth.tls;

import java.net.InetAddress;

/// Names in a certificate: host names, and addresses in one of their several spellings.
final class CertificateNames {
    private CertificateNames() {}

    static boolean isAddress(String name) {
        try {
            return !InetAddress.ofLiteral(name).getHostAddress().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// An address in the spelling of the JDK (`::1` is `0:0:0:0:0:0:0:1`), a host name as it is.
    static String normal(String name) {
        return isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }
}
