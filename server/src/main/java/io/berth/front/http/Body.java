package io.berth.front.http;

import io.berth.core.Payload;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The body of a request while it comes in, within a bound of its own and one for all.
final class Body {
    private final Usage usage;
    private final int max;
    private byte[] bytes = {};
    private int size;
    private int reserved;

    Body(Usage usage, int max) {
        this.usage = usage;
        this.max = max;
    }

    enum Room {
        ENOUGH,
        TOO_LARGE,
        /// Too much of all connections is being read.
        NONE
    }

    /// Whether one of this length may come.
    Room expects(long length) {
        return length > max ? Room.TOO_LARGE : Room.ENOUGH;
    }

    Room add(ByteBuf part) {
        int length = part.readableBytes();
        if (size + length > max) {
            return Room.TOO_LARGE;
        }
        if (!usage.reserve(length)) {
            return Room.NONE;
        }
        reserved += length;
        if (bytes.length < size + length) {
            // one that comes in one piece, as most do, takes no more than it has
            bytes = Arrays.copyOf(bytes, Math.max(size + length, Math.min(max, size * 2)));
        }
        part.readBytes(bytes, size, length);
        size += length;
        return Room.ENOUGH;
    }

    Payload whole() {
        free();
        return Payload.owned(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    }

    /// Gives its room back; may be called again.
    void free() {
        usage.free(reserved);
        reserved = 0;
    }
}
