package io.berth.stream.group;

import io.berth.core.Payload;
import io.berth.core.subscription.CursorStore.Cursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a track is kept: where it stands, and beside that only the events before that are not settled. They are
/// few where the settled ones may be millions, behind one event that nobody accepts.
///
/// Whole numbers in groups of seven bits, the lowest first: the distance from the floor to the position, then for
/// each unsettled event its distance from the one before it (the first from the floor), its attempts and its time.
final class CursorForm {
    private static final int MOST_BYTES_OF_NUMBER = 10;
    private static final int NUMBERS_PER_EVENT = 3;

    private CursorForm() {}

    /// @param first the oldest event that is not settled, the others in its chain
    static Cursor write(long position, @Nullable Pending first) {
        long floor = first == null ? position : first.offset;
        int events = 0;
        for (Pending each = first; each != null; each = each.next) {
            events++;
        }
        ByteBuffer out = ByteBuffer.allocate((1 + events * NUMBERS_PER_EVENT) * MOST_BYTES_OF_NUMBER);
        put(out, position - floor);
        long last = floor;
        for (Pending each = first; each != null; each = each.next) {
            put(out, each.offset - last);
            put(out, each.attempts);
            put(out, each.time);
            last = each.offset;
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return new Cursor(floor, Payload.owned(bytes));
    }

    static long position(Cursor cursor) {
        return cursor.floor() + get(cursor.settled().buffer());
    }

    static List<Pending> pending(Cursor cursor, Track track) {
        ByteBuffer in = cursor.settled().buffer();
        get(in);
        List<Pending> pending = new ArrayList<>();
        long offset = cursor.floor();
        while (in.hasRemaining()) {
            offset += get(in);
            int attempts = (int) get(in);
            pending.add(new Pending(track, offset, get(in), attempts, null));
        }
        return pending;
    }

    private static void put(ByteBuffer out, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long get(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
