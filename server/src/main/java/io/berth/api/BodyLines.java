package io.berth.api;

import io.berth.web.Json;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/// The lines of a body of any length. A line is a view into one buffer, which holds as much as one line may have: what
/// is longer is read over and comes empty-handed.
final class BodyLines {
    private static final int USUAL_BYTES = 32 << 10;

    private final InputStream body;
    private final int maxLineBytes;
    private byte[] buffer;
    private int from;
    private int end;
    private boolean over;

    BodyLines(InputStream body, int maxLineBytes) {
        this.body = body;
        this.maxLineBytes = maxLineBytes;
        this.buffer = new byte[Math.min(USUAL_BYTES, maxLineBytes + 1)];
    }

    /// A view that is valid until the next line is asked for.
    static final class Line {
        private final byte[] bytes;
        private final int offset;
        private final int length;
        private final boolean tooLong;

        private Line(byte[] bytes, int offset, int length, boolean tooLong) {
            this.bytes = bytes;
            this.offset = offset;
            this.length = length;
            this.tooLong = tooLong;
        }

        JsonParser parser() {
            return Json.lines().createParser(ObjectReadContext.empty(), bytes, offset, length);
        }

        /// Whether there is nothing to see because the line was longer than allowed.
        boolean isTooLong() {
            return tooLong;
        }

        boolean isBlank() {
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] > ' ' || bytes[i] < 0) {
                    return false;
                }
            }
            return !tooLong;
        }
    }

    /// Waits for the next line, which at the end of the body needs no line feed; null when there is none.
    @Nullable
    Line next() throws IOException {
        boolean tooLong = false;
        int searched = from;
        while (true) {
            int newline = newline(searched);
            if (newline >= 0) {
                return line(newline, newline + 1, tooLong);
            }
            if (over) {
                return from < end || tooLong ? line(end, end, tooLong) : null;
            }
            if (end - from > maxLineBytes) {
                tooLong = true;
                from = end;
            }
            searched = end - from;
            fill();
        }
    }

    private Line line(int until, int next, boolean tooLong) {
        boolean cut = tooLong || until - from > maxLineBytes;
        Line line = new Line(buffer, from, cut ? 0 : until - from, cut);
        from = next;
        return line;
    }

    private int newline(int searched) {
        for (int i = searched; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Moves what is left to the front and reads on behind it.
    private void fill() throws IOException {
        int left = end - from;
        byte[] target = left == buffer.length ? new byte[Math.min(2 * left, maxLineBytes + 1)] : buffer;
        System.arraycopy(buffer, from, target, 0, left);
        buffer = target;
        from = 0;
        end = left;
        int read = body.read(buffer, end, buffer.length - end);
        over = read < 0;
        end += Math.max(0, read);
    }
}
