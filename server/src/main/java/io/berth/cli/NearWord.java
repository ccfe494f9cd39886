package io.berth.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// What someone who mistyped a word most likely meant.
final class NearWord {
    private static final int MAX_EDITS = 2;

    private NearWord() {}

    static Optional<String> to(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> edits(typed, word) <= MAX_EDITS)
                .min(Comparator.comparingInt(word -> edits(typed, word)));
    }

    /// How many letters must be put in, taken out or replaced.
    private static int edits(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
