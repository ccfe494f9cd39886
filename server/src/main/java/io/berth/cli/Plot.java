package io.berth.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Numbers over time as columns of block characters, as wide as the terminal. A column that several numbers fall
/// into shows their average; one without a number stays empty.
record Plot(Instant from, Instant to, int columns, Times times) {
    private static final int HEIGHT = 10;
    private static final int MIN_COLUMNS = 20;
    private static final int MAX_COLUMNS = 500;
    private static final int LABEL = 12;

    /// A cell by how many eighths of it are filled.
    private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

    record Point(Instant time, double value) {}

    /// How many columns are left of the terminal's width once the scale is written.
    static int columns(int width) {
        return Math.clamp(width - (long) LABEL, MIN_COLUMNS, MAX_COLUMNS);
    }

    /// The time of one column, in whole seconds.
    static Duration width(Duration span, int columns) {
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(span.toSeconds(), columns)));
    }

    List<String> lines(List<Point> points) {
        double[] averages = averages(points);
        double least = Arrays.stream(averages)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(0);
        double most = Arrays.stream(averages)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (int row = HEIGHT - 1; row >= 0; row--) {
            String label = row == HEIGHT - 1 ? number(most) : row == 0 ? number(least) : "";
            lines.add((" ".repeat(Math.max(0, LABEL - 2 - label.length())) + label + " ┤"
                            + cells(averages, row, least, most))
                    .stripTrailing());
        }
        lines.add(" ".repeat(LABEL - 1) + "└" + "─".repeat(columns));
        String start = times.full(from);
        String end = times.full(to);
        int gap = Math.max(1, columns - start.length() - end.length());
        lines.add(" ".repeat(LABEL) + start + " ".repeat(gap) + end);
        return lines;
    }

    private double[] averages(List<Point> points) {
        double[] sums = new double[columns];
        int[] counts = new int[columns];
        long span = Math.max(1, Duration.between(from, to).toMillis());
        for (Point point : points) {
            long at = Duration.between(from, point.time()).toMillis() * columns / span;
            int column = Math.clamp(at, 0, columns - 1);
            sums[column] += point.value();
            counts[column]++;
        }
        for (int i = 0; i < columns; i++) {
            sums[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
        }
        return sums;
    }

    /// The least value still fills an eighth, so that it is told from none.
    private static String cells(double[] values, int row, double least, double most) {
        StringBuilder cells = new StringBuilder(values.length);
        for (double value : values) {
            if (Double.isNaN(value)) {
                cells.append(' ');
                continue;
            }
            double share = most > least ? (value - least) / (most - least) : 1;
            long filled = 1 + Math.round(share * (HEIGHT * 8 - 1));
            cells.append(EIGHTHS.charAt(Math.clamp(filled - row * 8L, 0, 8)));
        }
        return cells.toString();
    }

    /// In as few digits as tell it.
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e") ? text : text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
