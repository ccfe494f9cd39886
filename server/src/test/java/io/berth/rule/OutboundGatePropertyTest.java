package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever form an address takes, it is judged as the address it is.
final class OutboundGatePropertyTest {
    private final OutboundGate gate = new OutboundGate(List.of());

    @Property(tries = 300)
    void every_form_of_an_ipv4_address_is_judged_alike(@ForAll int bits) throws IOException {
        byte[] four = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
        String dotted = InetAddress.getByAddress(four).getHostAddress();
        boolean inside = OutboundGate.isInside(InetAddress.getByAddress(four));

        for (String form : List.of(
                dotted,
                dotted + ".",
                Long.toString(Integer.toUnsignedLong(bits)),
                "::ffff:" + dotted,
                "[::ffff:" + dotted + "]",
                "64:ff9b::" + dotted,
                "2002:%02x%02x:%02x%02x::1".formatted(four[0], four[1], four[2], four[3]))) {
            assertThat(isRefused(form)).as(form).isEqualTo(inside);
        }
    }

    @Property(tries = 300)
    void an_address_next_to_a_private_block_is_not_in_it(@ForAll @IntRange(max = 0xFFFFF) int offset)
            throws IOException {
        int inside = (172 << 24 | 16 << 16) + offset;
        assertThat(OutboundGate.isInside(address(inside))).isTrue();
        assertThat(OutboundGate.isInside(address(inside + 0x100000))).isFalse();
    }

    @Property(tries = 300)
    void an_allowed_network_lets_exactly_its_addresses_through(
            @ForAll @Size(2) byte[] last, @ForAll @IntRange(min = 16, max = 32) int width) throws IOException {
        OutboundGate open = new OutboundGate(List.of("10.9.0.0/" + width));
        int tail = (last[0] & 0xFF) << 8 | (last[1] & 0xFF);
        boolean within = tail >>> (32 - width) == 0 || width == 16;

        boolean refused;
        try {
            open.resolve(address(10 << 24 | 9 << 16 | tail).getHostAddress(), 80);
            refused = false;
        } catch (IOException _) {
            refused = true;
        }
        assertThat(refused).isEqualTo(!within);
    }

    private boolean isRefused(String host) {
        try {
            gate.resolve(host, 80);
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static InetAddress address(int bits) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits});
    }
}
