package io.berth.core.batch;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names a batch: a number that grows with time. One vendor writes it in decimal digits, the other as 24
/// hexadecimal ones; both name the same batch.
public record BatchId(long number) implements Comparable<BatchId> {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HEX = Pattern.compile("0{8}[0-9a-f]{16}");
    private static final int HEX_DIGITS = 24;

    public BatchId {
        ProblemException.require(number > 0, "the number of a batch is positive");
    }

    /// Reads either form; NOT_FOUND when it is neither, because no batch can be called that.
    public static BatchId of(String text) {
        return parse(text).orElseThrow(() -> notFound(text));
    }

    public static ProblemException notFound(String text) {
        return new ProblemException(Problem.NOT_FOUND, "there is no batch \"" + text + "\"");
    }

    /// 24 hexadecimal digits.
    public String hex() {
        return "0".repeat(HEX_DIGITS - 16) + HexFormat.of().toHexDigits(number);
    }

    @Override
    public int compareTo(BatchId other) {
        return Long.compare(number, other.number);
    }

    /// Decimal digits.
    @Override
    public String toString() {
        return Long.toString(number);
    }

    private static Optional<BatchId> parse(String text) {
        long number = 0;
        if (DECIMAL.matcher(text).matches()) {
            number = Long.parseLong(text);
        } else if (HEX.matcher(text).matches()) {
            number = HexFormat.fromHexDigitsToLong(text, HEX_DIGITS - 16, HEX_DIGITS);
        }
        return number > 0 ? Optional.of(new BatchId(number)) : Optional.empty();
    }
}
