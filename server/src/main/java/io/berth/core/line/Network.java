package io.berth.core.line;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.math.BigInteger;
import java.net.InetAddress;

/// Addresses that begin alike: `10.3.0.0/16`, `2001:db8::/32`, or one address alone.
///
/// @param bits how many bits are the same
public record Network(InetAddress address, int bits) {
    public Network {
        ProblemException.require(
                bits >= 0 && bits <= length(address),
                "a network of " + address.getHostAddress() + " has 0 to " + length(address) + " bits");
    }

    /// INVALID_ARGUMENT. Names are not looked up.
    public static Network of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            return new Network(
                    address, slash < 0 ? length(address) : Integer.parseInt(text, slash + 1, text.length(), 10));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT, "\"" + text + "\" is no network: write it like 10.3.0.0/16", e);
        }
    }

    /// @param peer an address as text
    boolean contains(String peer) {
        InetAddress other = InetAddress.ofLiteral(peer);
        int rest = length(address) - bits;
        return length(other) == length(address) && head(other, rest).equals(head(address, rest));
    }

    private static BigInteger head(InetAddress address, int rest) {
        return new BigInteger(1, address.getAddress()).shiftRight(rest);
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
