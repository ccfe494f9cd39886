package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.rule.OutboundGate.ForbiddenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutboundGateTest {
    private final OutboundGate gate = new OutboundGate(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "0.0.0.0",
                "0",
                "10.0.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "172.31.255.255",
                "192.168.1.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "[::1]",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001:0:7f00:1::",
                "2001:0:808:808::80ff:fffe",
                "fd00::1",
                "fe80::1",
                "ff02::1"
            })
    void refuses_what_lies_inside_however_it_is_written(String host) {
        assertThatThrownBy(() -> gate.resolve(host, 80)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"
            })
    void lets_public_addresses_through(String host) throws IOException {
        assertThat(gate.resolve(host, 443)).hasSize(1);
    }

    @Test
    void the_refusal_names_the_setting_that_lets_it_through() {
        assertThatThrownBy(() -> gate.resolve("127.0.0.1", 8080))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("rule.allow = [\"127.0.0.1:8080\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "::1, [::1]",
        "::, [::]",
        "fe80::, [fe80::]",
        "fd00:0:0:1::2, [fd00:0:0:1::2]",
        "fd00:1:2:3:4:5:6:7, [fd00:1:2:3:4:5:6:7]",
        "fd00:0:10:0:a0:0:b:c, [fd00:0:10:0:a0:0:b:c]"
    })
    void what_the_refusal_names_is_taken_as_it_stands(String host, String shown) throws IOException {
        String hint = shown + ":28900";

        assertThatThrownBy(() -> gate.resolve(host, 28900)).hasMessageContaining("rule.allow = [\"" + hint + "\"]");
        assertThat(new OutboundGate(List.of(hint)).resolve("[" + host + "]", 28900))
                .hasSize(1);
    }

    @Test
    void a_host_with_one_forbidden_address_is_refused_as_a_whole() {
        OutboundGate mixed = new OutboundGate(List.of(), _ -> addresses("8.8.8.8", "10.0.0.1"));

        assertThatThrownBy(() -> mixed.resolve("sneaky.example.org", 80)).isInstanceOf(ForbiddenException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/8", "10.1.2.3", "10.1.2.3:80", "10.0.0.0/8:80", "*.example.org", "a.example.org:80"})
    void lets_through_what_the_operator_allows(String entry) throws IOException {
        OutboundGate open = new OutboundGate(List.of(entry), _ -> addresses("10.1.2.3"));

        assertThat(open.resolve("A.example.org.", 80)).containsExactly(addresses("10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/16", "10.1.2.3:8080", "*.example.net", "example.org", "b.example.org", "::/0"})
    void an_allowance_goes_no_further_than_it_says(String entry) {
        OutboundGate open = new OutboundGate(List.of(entry), _ -> addresses("10.1.2.3"));

        assertThatThrownBy(() -> open.resolve("a.example.org", 80)).isInstanceOf(ForbiddenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "a b", "http://x", "*", "*.*", "10.0.0.1:99999", "256.1.1.1/8"})
    void an_allowance_that_says_nothing_is_refused(String entry) {
        assertThatThrownBy(() -> new OutboundGate(List.of(entry))).isInstanceOf(ProblemException.class);
    }

    @Test
    void names_in_other_scripts_are_compared_in_ascii() throws IOException {
        OutboundGate open = new OutboundGate(List.of("xn--fsqu00a.example.org"), _ -> addresses("10.1.2.3"));

        assertThat(open.resolve("例子.example.org", 80)).hasSize(1);
    }

    @Test
    void a_socket_is_checked_where_it_connects_and_not_where_the_name_led_before() throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicInteger lookups = new AtomicInteger();
            OutboundGate rebinding = new OutboundGate(
                    List.of(), _ -> addresses(lookups.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1"));
            rebinding.resolve("rebinding.example.org", inside.getLocalPort());

            try (Socket socket = rebinding.sockets().createSocket()) {
                InetSocketAddress later =
                        InetSocketAddress.createUnresolved("rebinding.example.org", inside.getLocalPort());
                assertThatThrownBy(() -> socket.connect(later, 1_000)).isInstanceOf(ForbiddenException.class);
            }
            try (Socket socket = rebinding.sockets().createSocket()) {
                assertThatThrownBy(() -> socket.connect(inside.getLocalSocketAddress(), 1_000))
                        .isInstanceOf(ForbiddenException.class);
            }
        }
    }

    private static InetAddress[] addresses(String... texts) {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            try {
                addresses[i] = InetAddress.getByName(texts[i]);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
        return addresses;
    }
}
