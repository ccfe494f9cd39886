package io.berth.dialect.aliyun.device;

/// The numbers of the messages sent under one token: each counts once, in any order within a window behind
/// the highest. Any thread.
final class SequenceWindow {
    private static final int SIZE = 1024;
    private static final long NOWHERE = Long.MAX_VALUE;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private final long lowest;
    private long highest;

    private SequenceWindow(long lowest) {
        this.lowest = lowest;
        this.highest = lowest - 1;
    }

    /// Of a token that was just issued.
    static SequenceWindow from(long first) {
        return new SequenceWindow(first);
    }

    /// Of a token that was used before, as far as this number: what is not higher may have come.
    static SequenceWindow after(long highest) {
        return new SequenceWindow(highest + 1);
    }

    /// Of a token that was used before, nobody remembers how far: any number may have come.
    static SequenceWindow forgotten() {
        return new SequenceWindow(NOWHERE);
    }

    boolean isForgotten() {
        return lowest == NOWHERE;
    }

    /// As far as the numbers came.
    synchronized long highest() {
        return highest;
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
    }

    private static int word(long number) {
        return (int) (number % SIZE) / Long.SIZE;
    }

    private static long bit(long number) {
        return 1L << number % Long.SIZE;
    }
}
