package io.berth.dialect.aliyun.device;

import io.berth.core.login.Notes.Note;

/// The numbers of the messages sent under one token: each counts once, in any order within a window behind
/// the highest. Any thread.
final class SequenceWindow {
    /// The number of the first message under a token.
    static final int FIRST = 1;

    private static final int SIZE = 1024;
    private static final long NOWHERE = Long.MAX_VALUE;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private final long lowest;
    private final Note noted;
    private long highest;

    private SequenceWindow(Note noted) {
        this.noted = noted;
        this.highest = noted.value();
        this.lowest = highest + 1;
    }

    /// Of a token under which numbers came as far as is noted: what is not higher may have come.
    static SequenceWindow after(Note noted) {
        return new SequenceWindow(noted);
    }

    /// Of a token that was used before, nobody remembers how far: any number may have come.
    static SequenceWindow forgotten() {
        return new SequenceWindow(new Fixed(NOWHERE - 1));
    }

    /// Of a token whose messages have no numbers.
    static SequenceWindow unasked() {
        return new SequenceWindow(new Fixed(FIRST - 1));
    }

    private record Fixed(long value) implements Note {
        @Override
        public void set(long to) {}
    }

    boolean isForgotten() {
        return lowest == NOWHERE;
    }

    /// Takes the number; false when it was taken before, or is too old to tell.
    synchronized boolean take(long number) {
        if (number < lowest || number <= highest - SIZE) {
            return false;
        }
        if (number > highest) {
            forget(number);
        } else if ((seen[word(number)] & bit(number)) != 0) {
            return false;
        }
        seen[word(number)] |= bit(number);
        return true;
    }

    /// The window moves up to `number`: the places it takes in are of numbers that left it.
    private void forget(long number) {
        for (long each = Math.max(highest + 1, number - SIZE + 1); each <= number; each++) {
            seen[word(each)] &= ~bit(each);
        }
        highest = number;
        noted.set(number);
    }

    private static int word(long number) {
        return (int) (number % SIZE) / Long.SIZE;
    }

    private static long bit(long number) {
        return 1L << number % Long.SIZE;
    }
}
