package io.berth.rule.sql;

/// The work of one statement on one message, and its bound. One thread.
final class Run {
    /// Characters that functions and operators may read and write for one message. A message has at most 256
    /// KiB: four times over is more than a sensible rule needs and takes a few milliseconds.
    static final int MAX_WORK = 1 << 20;

    /// Searching for this many characters costs as much as reading the searched text once more.
    private static final int SEARCH_STEP = 16;

    private final SqlMessage message;
    private long left = MAX_WORK;

    Run(SqlMessage message) {
        this.message = message;
    }

    SqlMessage message() {
        return message;
    }

    void spend(long characters) {
        left -= characters;
        if (left < 0) {
            throw new SqlFault("the statement works on more than " + MAX_WORK + " characters for this message");
        }
    }

    void spendOnSearch(String text, String wanted) {
        spend((long) text.length() * (1 + wanted.length() / SEARCH_STEP));
    }
}
