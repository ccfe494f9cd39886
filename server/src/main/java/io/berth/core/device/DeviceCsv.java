package io.berth.core.device;

import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.device.Devices.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Reads lists of devices: a line per device with product key, device name, secret and, if it has one, its alias.
///
/// Takes what spreadsheets write: a byte order mark, a header line, quotes, CRLF, blank lines. A line that is wrong is
/// an answer like any other, and reading goes on; only one line is in memory at a time. One thread.
public final class DeviceCsv implements Iterator<DeviceCsv.Line> {
    private static final int MAX_LINE = 4_096;
    private static final int LEAST_COLUMNS = 3;
    private static final int MOST_COLUMNS = 4;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final char[] buffer = new char[8_192];
    private int position;
    private int filled;
    private long number;
    private boolean first = true;
    private @Nullable Line next;

    /// The caller closes the reader.
    public DeviceCsv(Reader reader) {
        this.reader = reader;
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
            StringBuilder text = readLine();
            if (text == null) {
                return false;
            }
            next = parse(text);
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

    /// Null for a line that names no device: blank, or the header.
    private @Nullable Line parse(StringBuilder text) {
        if (text.length() > MAX_LINE) {
            return unreadable("longer than " + MAX_LINE + " characters");
        }
        if (text.toString().isBlank()) {
            return null;
        }
        boolean mayBeHeader = first;
        first = false;
        List<String> columns = split(text);
        if (columns == null) {
            return unreadable("a quote is not closed, or text follows it");
        }
        if (mayBeHeader && isHeader(columns)) {
            return null;
        }
        if (columns.size() < LEAST_COLUMNS || columns.size() > MOST_COLUMNS) {
            return unreadable(
                    columns.size() + " columns instead of product key, device name, secret and perhaps alias");
        }
        return toLine(columns);
    }

    private Line toLine(List<String> columns) {
        String alias = columns.size() == MOST_COLUMNS ? columns.get(3) : "";
        if (columns.get(2).isEmpty()) {
            return unreadable("the secret is missing");
        }
        if (!alias.isEmpty() && !Device.isAlias(alias)) {
            return unreadable("a device alias has 1 to 128 of A-Z a-z 0-9 - _ @ . :");
        }
        try {
            DeviceId id = new DeviceId(columns.get(0), columns.get(1));
            Secret secret = new Secret(columns.get(2));
            return new Line.Readable(number, new Draft(id, secret, alias.isEmpty() ? null : alias, null));
        } catch (ProblemException e) {
            return unreadable(e.detail());
        }
    }

    private Line unreadable(String reason) {
        return new Line.Unreadable(number, reason);
    }

    /// A header calls its first two columns product and device, however it writes that.
    private static boolean isHeader(List<String> columns) {
        return columns.size() >= 2
                && columns.get(0).toLowerCase(Locale.ROOT).matches("product[ _-]?(key|id)?")
                && columns.get(1).toLowerCase(Locale.ROOT).matches("device[ _-]?(name|id)?");
    }

    /// The columns without blanks around them; null when the quotes do not fit.
    private static @Nullable List<String> split(CharSequence line) {
        List<String> columns = new ArrayList<>(MOST_COLUMNS);
        StringBuilder column = new StringBuilder();
        boolean quoted = false;
        boolean closed = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                column.append('"');
                i++;
            } else if (quoted && c == '"') {
                quoted = false;
                closed = true;
            } else if (quoted) {
                column.append(c);
            } else if (c == ',') {
                columns.add(closed ? column.toString() : column.toString().strip());
                column.setLength(0);
                closed = false;
            } else if (c == '"' && !closed && column.toString().isBlank()) {
                column.setLength(0);
                quoted = true;
            } else if (!closed) {
                column.append(c);
            } else if (!Character.isWhitespace(c)) {
                return null;
            }
        }
        columns.add(closed ? column.toString() : column.toString().strip());
        return quoted ? null : columns;
    }

    /// The next line without its end, null at the end of the file. Of a line too long only a little more than the bound
    /// is kept.
    private @Nullable StringBuilder readLine() {
        StringBuilder line = new StringBuilder();
        int c = read();
        if (c < 0) {
            return null;
        }
        number++;
        while (c >= 0 && c != '\n') {
            boolean mark = c == BYTE_ORDER_MARK && number == 1 && line.isEmpty();
            if (line.length() <= MAX_LINE && !mark) {
                line.append((char) c);
            }
            c = read();
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line;
    }

    private int read() {
        if (position == filled) {
            try {
                filled = reader.read(buffer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            position = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[position++];
    }
}
