package io.berth.core.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.3.0.0/16, 10.3.255.1, true",
        "10.3.0.0/16, 10.4.0.1, false",
        "10.3.7.7/16, 10.3.0.1, true",
        "10.3.0.1, 10.3.0.1, true",
        "10.3.0.1, 10.3.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.3.0.0/16, ::ffff:10.3.0.1, true",
        "::1, [::1], true",
    })
    void holds_the_addresses_that_begin_alike(String network, String address, boolean holds) {
        assertThat(Network.of(network).contains(address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.3.0.0/33", "10.3.0.0/-1", "10.3.0.0/", "10.3.0.0/x", "::/129"})
    void a_name_or_a_wrong_length_is_no_network(String text) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(ProblemException.class);
    }
}
