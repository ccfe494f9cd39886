package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One row of the series the demo replays: `demo/room-climate.csv`, a made-up working day of an office room in the
/// style of the public indoor-climate sets, a row every ten minutes.
record Reading(double temperature, int humidity, int co2) {
    /// All rows, in time order.
    static List<Reading> series() throws IOException {
        return Csv.rows("demo/room-climate.csv").stream().map(Reading::of).toList();
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("temperature", temperature);
        values.put("humidity", humidity);
        values.put("co2", co2);
        return values;
    }

    private static Reading of(List<String> row) {
        return new Reading(Double.parseDouble(row.get(1)), Integer.parseInt(row.get(2)), Integer.parseInt(row.get(3)));
    }

    /// The plain files this package ships: a header line, then comma-separated rows without quoting.
    static final class Csv {
        private Csv() {}

        static List<List<String>> rows(String resource) throws IOException {
            try (InputStream file =
                            Objects.requireNonNull(Csv.class.getClassLoader().getResourceAsStream(resource), resource);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(file, UTF_8))) {
                return lines.lines()
                        .skip(1)
                        .map(line -> List.of(line.split(",", -1)))
                        .toList();
            }
        }
    }
}
