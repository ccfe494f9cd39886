package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.List;
import java.util.Locale;

/// One field of a [Cron]: `*`, `5`, `1-5`, `*/15`, `10-50/20`, `mon-fri`, and lists of these between commas.
///
/// @param bits one for each number that is in it
/// @param isAny whether it was written as `*`, with a step or without: it does not narrow
record CronField(long bits, boolean isAny) {
    boolean contains(int number) {
        return (bits & 1L << number) != 0;
    }

    /// Which field, and so which numbers and words it may have.
    enum Kind {
        MINUTE(0, 59, ""),
        HOUR(0, 23, ""),
        DAY(1, 31, ""),
        MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        /// 7 is Sunday as well as 0.
        WEEKDAY(0, 7, "sun mon tue wed thu fri sat");

        private final int least;
        private final int most;
        private final String words;

        Kind(int least, int most, String words) {
            this.least = least;
            this.most = most;
            this.words = words;
        }

        CronField parse(String text) {
            long bits = 0;
            for (String part : text.split(",", -1)) {
                bits |= part(part);
            }
            if (this == WEEKDAY && (bits & 1L << 7) != 0) {
                bits |= 1L;
            }
            return new CronField(bits, text.startsWith("*"));
        }

        private long part(String part) {
            String[] rangeAndStep = part.split("/", 2);
            int step = rangeAndStep.length == 1 ? 1 : number(rangeAndStep[1], part);
            String range = rangeAndStep[0];
            int dash = range.indexOf('-');
            int from;
            int to;
            if (range.equals("*")) {
                from = least;
                to = this == WEEKDAY ? most - 1 : most;
            } else if (dash < 0) {
                from = value(range, part);
                to = rangeAndStep.length == 1 ? from : most; // 5/15 counts on from 5
            } else {
                from = value(range.substring(0, dash), part);
                to = value(range.substring(dash + 1), part);
            }
            if (step < 1 || from > to) {
                throw wrong(part);
            }
            long bits = 0;
            for (int number = from; number <= to; number += step) {
                bits |= 1L << number;
            }
            return bits;
        }

        private List<String> words() {
            return words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
        }

        private int value(String text, String part) {
            int word = words().indexOf(text.toLowerCase(Locale.ROOT));
            int value = word >= 0 ? word + least : number(text, part);
            if (value < least || value > most) {
                throw wrong(part);
            }
            return value;
        }

        private int number(String text, String part) {
            if (!text.matches("[0-9]{1,2}")) {
                throw wrong(part);
            }
            return Integer.parseInt(text);
        }

        private ProblemException wrong(String part) {
            return new ProblemException(
                    Problem.INVALID_ARGUMENT,
                    "\"" + part + "\" is no " + name().toLowerCase(Locale.ROOT) + " of a time: " + least + " to " + most
                            + (words.isEmpty() ? "" : " or " + words().getFirst() + " to " + words().getLast())
                            + ", as 5, 1-5, */2 or 1,3");
        }
    }
}
