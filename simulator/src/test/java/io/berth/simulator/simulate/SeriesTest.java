package io.berth.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTest {
    @Test
    void replays_the_numeric_columns_of_a_csv_round_and_round(@TempDir Path directory) throws IOException {
        Path csv = Files.writeString(
                directory.resolve("room.csv"),
                "time,temperature,co2\n2026-01-01T00:00,21.5,400\n2026-01-01T00:01,21.6,410\n");

        Series series = Series.read(csv);

        assertThat(series.at(0)).isEqualTo("{\"temperature\":21.5,\"co2\":400}");
        assertThat(series.at(3)).isEqualTo("{\"temperature\":21.6,\"co2\":410}");
    }

    @Test
    void the_made_up_climate_repeats_with_its_seed() {
        assertThat(Series.generated(3)).isEqualTo(Series.generated(3)).isNotEqualTo(Series.generated(4));
    }

    @Test
    void a_csv_without_readings_is_refused(@TempDir Path directory) throws IOException {
        Path csv = Files.writeString(directory.resolve("empty.csv"), "time,temperature\n");

        assertThatThrownBy(() -> Series.read(csv)).hasMessageContaining("no header and reading");
    }
}
