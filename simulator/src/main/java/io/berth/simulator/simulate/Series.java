package io.berth.simulator.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/// Sensor readings, each a JSON object of property values; past the end it starts again.
record Series(List<String> readings) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int GENERATED = 1440;

    Series {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("a series needs a reading");
        }
        readings = List.copyOf(readings);
    }

    String at(long index) {
        return readings.get((int) Math.floorMod(index, (long) readings.size()));
    }

    /// A day of room climate, a reading a minute.
    static Series generated(long seed) {
        Random noise = new Random(seed);
        List<String> readings = new ArrayList<>();
        for (int minute = 0; minute < GENERATED; minute++) {
            double sun = Math.sin(2 * Math.PI * (minute - 540) / GENERATED);
            double temperature = 21 + 4 * sun + noise.nextGaussian() * 0.1;
            double humidity = 55 - 10 * sun + noise.nextGaussian() * 0.5;
            readings.add("{\"temperature\":%.2f,\"humidity\":%.1f}".formatted(temperature, humidity));
        }
        return new Series(readings);
    }

    /// Reads a CSV with a header. Columns that are no numbers (a time stamp, a name) are left out.
    static Series read(Path csv) {
        try {
            List<String> lines = Files.readAllLines(csv).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.size() < 2) {
                throw new IllegalArgumentException(csv + " has no header and reading");
            }
            String[] names = lines.getFirst().split(",");
            return new Series(lines.stream()
                    .skip(1)
                    .map(line -> object(names, line.split(",")))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + csv, e);
        }
    }

    private static String object(String[] names, String[] values) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            String name = names[i].strip();
            String value = values[i].strip();
            if (NUMBER.matcher(value).matches() && NAME.matcher(name).matches()) {
                members.add("\"" + name + "\":" + value);
            }
        }
        return "{" + String.join(",", members) + "}";
    }
}
