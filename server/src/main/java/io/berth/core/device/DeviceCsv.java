package io.berth.core.device;

import io.berth.core.CsvLines;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.device.Devices.Draft;
import java.io.Reader;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Reads lists of devices: a line per device with product key, device name, secret and, if it has one, its
/// alias.
///
/// A header line is passed over. A line that is wrong is an answer like any other, and reading goes on; only
/// one line is in memory at a time. One thread.
public final class DeviceCsv implements Iterator<DeviceCsv.Line> {
    private static final int LEAST_COLUMNS = 3;
    private static final int MOST_COLUMNS = 4;

    private final CsvLines lines;
    private boolean first = true;
    private @Nullable Line next;

    /// The caller closes the reader.
    public DeviceCsv(Reader reader) {
        this.lines = new CsvLines(reader);
    }

    /// One line that is neither blank nor the header; the first line of the file has the number 1.
    public sealed interface Line {
        long number();

        record Readable(long number, Draft draft) implements Line {}

        record Unreadable(long number, String reason) implements Line {}
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (!lines.hasNext()) {
                return false;
            }
            next = parse(lines.next());
        }
        return true;
    }

    @Override
    public Line next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Line line = next;
        next = null;
        return line;
    }

    /// Null for the header, which names no device.
    private @Nullable Line parse(CsvLines.Line line) {
        boolean mayBeHeader = first;
        first = false;
        return switch (line) {
            case CsvLines.Line.Unreadable(long number, String reason) -> new Line.Unreadable(number, reason);
            case CsvLines.Line.Readable(long _, List<String> cells) when mayBeHeader && isHeader(cells) -> null;
            case CsvLines.Line.Readable(long number, List<String> cells) -> parse(number, cells);
        };
    }

    private static Line parse(long number, List<String> columns) {
        if (columns.size() < LEAST_COLUMNS || columns.size() > MOST_COLUMNS) {
            return new Line.Unreadable(
                    number, columns.size() + " columns instead of product key, device name, secret and perhaps alias");
        }
        return toLine(number, columns);
    }

    private static Line toLine(long number, List<String> columns) {
        String alias = columns.size() == MOST_COLUMNS ? columns.get(3) : "";
        if (columns.get(2).isEmpty()) {
            return new Line.Unreadable(number, "the secret is missing");
        }
        if (!alias.isEmpty() && !Device.isAlias(alias)) {
            return new Line.Unreadable(number, "a device alias has 1 to 128 of A-Z a-z 0-9 - _ @ . :");
        }
        try {
            DeviceId id = new DeviceId(columns.get(0), columns.get(1));
            Secret secret = new Secret(columns.get(2));
            return new Line.Readable(number, new Draft(id, secret, alias.isEmpty() ? null : alias, null));
        } catch (ProblemException e) {
            return new Line.Unreadable(number, e.detail());
        }
    }

    /// A header calls its first two columns product and device, however it writes that.
    private static boolean isHeader(List<String> columns) {
        return columns.size() >= 2
                && columns.get(0).toLowerCase(Locale.ROOT).matches("product[ _-]?(key|id)?")
                && columns.get(1).toLowerCase(Locale.ROOT).matches("device[ _-]?(name|id)?");
    }
}
