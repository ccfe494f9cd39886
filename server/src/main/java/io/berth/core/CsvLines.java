package io.berth.core;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Lines of values between commas as spreadsheets write them: with a byte order mark, quotes, CRLF, blank
/// lines, which are passed over. A line that is wrong is an answer like any other, and reading goes on; only
/// one line is in memory at a time. One thread.
public final class CsvLines implements Iterator<CsvLines.Line> {
    private static final int MAX_LINE = 4_096;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final char[] buffer = new char[8_192];
    private int position;
    private int filled;
    private long number;
    private @Nullable Line next;

    /// The caller closes the reader.
    public CsvLines(Reader reader) {
        this.reader = reader;
    }

    /// One that is not blank; the first line of the file has the number 1.
    public sealed interface Line {
        long number();

        /// @param cells without blanks around them
        record Readable(long number, List<String> cells) implements Line {
            public Readable {
                cells = List.copyOf(cells);
            }
        }

        record Unreadable(long number, String reason) implements Line {}
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            StringBuilder text = readLine();
            if (text == null) {
                return false;
            }
            next = text.length() > MAX_LINE
                    ? new Line.Unreadable(number, "longer than " + MAX_LINE + " characters")
                    : text.toString().isBlank() ? null : parse(text);
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

    private Line parse(StringBuilder text) {
        List<String> cells = split(text);
        return cells == null
                ? new Line.Unreadable(number, "a quote is not closed, or text follows it")
                : new Line.Readable(number, cells);
    }

    /// The cells without blanks around them; null when the quotes do not fit.
    private static @Nullable List<String> split(CharSequence line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean closed = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (quoted && c == '"') {
                quoted = false;
                closed = true;
            } else if (quoted) {
                cell.append(c);
            } else if (c == ',') {
                cells.add(closed ? cell.toString() : cell.toString().strip());
                cell.setLength(0);
                closed = false;
            } else if (c == '"' && !closed && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (!closed) {
                cell.append(c);
            } else if (!Character.isWhitespace(c)) {
                return null;
            }
        }
        cells.add(closed ? cell.toString() : cell.toString().strip());
        return quoted ? null : cells;
    }

    /// The next line without its end, null at the end of the file. Of a line too long only a little more than
    /// the bound is kept.
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
