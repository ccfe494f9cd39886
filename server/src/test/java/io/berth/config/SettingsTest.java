package io.berth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    record Wire(Duration connectTimeout, int maxPacketBytes, boolean strict, Mode mode, List<String> names, Port port) {
        Wire {
            if (maxPacketBytes < 10) {
                throw new IllegalArgumentException("max-packet-bytes must be at least 10");
            }
        }
    }

    record Port(String bind, int port, @Nullable String password) {}

    enum Mode {
        SLOW_START,
        FAST
    }

    private static final Wire DEFAULTS =
            new Wire(Duration.ofSeconds(5), 1024, true, Mode.FAST, List.of(), new Port("localhost", 1883, null));

    @TempDir
    Path folder;

    @Test
    void an_empty_configuration_is_the_defaults() {
        assertThat(settings().read("wire", DEFAULTS)).isEqualTo(DEFAULTS);
    }

    @Test
    void a_list_on_the_command_line_has_commas() {
        assertThat(settings("wire.names=a.example.org, b").read("wire", DEFAULTS).names())
                .containsExactly("a.example.org", "b");
        assertThat(settings("wire.names=").read("wire", DEFAULTS).names()).isEmpty();
    }

    @Test
    void reads_every_type_with_units_from_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("berth.conf"), """
                wire {
                  connect-timeout = 250ms
                  max-packet-bytes = 1 MB
                  strict = false
                  mode = slow-start
                  names = [a, b]
                  port.port = 0
                  port.password = secret
                }
                """);

        Wire wire = Settings.load(Optional.of(file), List.of()).read("wire", DEFAULTS);

        assertThat(wire)
                .isEqualTo(new Wire(
                        Duration.ofMillis(250),
                        1_000_000,
                        false,
                        Mode.SLOW_START,
                        List.of("a", "b"),
                        new Port("localhost", 0, "secret")));
    }

    @Test
    void overrides_win_over_the_file() throws IOException {
        Path file = Files.writeString(folder.resolve("berth.conf"), "wire.strict = true");
        Settings settings = Settings.load(Optional.of(file), List.of("wire.strict=false", "wire.port.bind = ::1"));

        assertThat(settings.read("wire", DEFAULTS).strict()).isFalse();
        assertThat(settings.read("wire", DEFAULTS).port().bind()).isEqualTo("::1");
    }

    @Test
    void an_unknown_key_stops_the_start_and_suggests_the_near_one() {
        Settings settings = settings("wire.conect-timeout=1s", "zzz=1");
        settings.read("wire", DEFAULTS);

        assertThatThrownBy(settings::rejectUnknown)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("unknown key wire.conect-timeout")
                .hasMessageContaining("did you mean wire.connect-timeout?")
                .hasMessageContaining("unknown key zzz");
    }

    @Test
    void a_value_out_of_bounds_names_the_record_and_the_rule() {
        Settings settings = settings("wire.max-packet-bytes=2");

        assertThatThrownBy(() -> settings.read("wire", DEFAULTS))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wire: max-packet-bytes must be at least 10");
    }

    @Test
    void a_value_of_the_wrong_type_names_its_key() {
        assertThatThrownBy(() -> settings("wire.connect-timeout=soon").read("wire", DEFAULTS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("wire.connect-timeout");
        assertThatThrownBy(() -> settings("wire.mode=medium").read("wire", DEFAULTS))
                .hasMessageContaining("wire.mode is one of [slow_start, fast], not medium");
        assertThatThrownBy(() -> settings("wire.max-packet-bytes=4 GB").read("wire", DEFAULTS))
                .hasMessageContaining("wire.max-packet-bytes");
    }

    @Test
    void a_broken_or_missing_file_is_named() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.conf"), "a = [1, ");
        assertThatThrownBy(() -> Settings.load(Optional.of(broken), List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("broken.conf");
        assertThatThrownBy(() -> Settings.load(Optional.of(folder.resolve("none.conf")), List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("none.conf cannot be read");
    }

    @Test
    void an_override_without_a_value_is_refused() {
        assertThatThrownBy(() -> settings("wire")).hasMessage("--set takes key=value, not \"wire\"");
    }

    private static Settings settings(String... overrides) {
        return Settings.load(Optional.empty(), List.of(overrides));
    }
}
