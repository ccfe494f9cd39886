package io.berth.storage;

import io.berth.core.credential.Sha256;
import io.berth.core.login.Notes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Notes as records of 32 bytes in a file of their own: half a digest of the name, when the note ends, its
/// number. Written but not forced: the kernel has it, which costs two microseconds instead of a commit.
///
/// Records are used in turn: the oldest gives way to the newest, and after a start the one that would end
/// first.
final class NoteFile implements Notes, AutoCloseable {
    private static final int RECORD = 4 * Long.BYTES;
    private static final int VALUE = 3 * Long.BYTES;

    private final Path file;
    private final InstantSource clock;
    private final FileChannel channel;
    private final Map<Name, Kept> kept = new ConcurrentHashMap<>();
    private final @Nullable Kept[] records;
    private int next;

    /// Half of a digest.
    private record Name(long high, long low) {
        static Name of(String text) {
            ByteBuffer digest = ByteBuffer.wrap(Sha256.of(text));
            return new Name(digest.getLong(), digest.getLong());
        }
    }

    /// @param most so many notes; of a file that has more, the rest is forgotten
    NoteFile(Path file, int most, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.records = new Kept[most];
        try {
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.truncate((long) most * RECORD);
            read();
        } catch (IOException e) {
            throw new StorageException(file + " cannot be used (" + e + ")", "give the server the right to", e);
        }
    }

    private void read() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size() / RECORD * RECORD));
        while (all.hasRemaining() && channel.read(all, all.position()) >= 0) {}
        all.flip();
        while (all.remaining() >= RECORD) {
            int record = all.position() / RECORD;
            Name name = new Name(all.getLong(), all.getLong());
            Kept note = new Kept(name, record, Instant.ofEpochMilli(all.getLong()), all.getLong());
            if (note.isCurrent()) {
                records[record] = note;
                kept.put(name, note);
            }
        }
        next = first();
    }

    private int first() {
        int first = 0;
        Instant ends = Instant.MAX;
        for (int record = 0; record < records.length; record++) {
            Kept note = records[record];
            if (note == null) {
                return record;
            }
            if (note.expires.isBefore(ends)) {
                first = record;
                ends = note.expires;
            }
        }
        return first;
    }

    @Override
    public synchronized Note keep(String name, long value, Instant expires) {
        Name digest = Name.of(name);
        Kept before = kept.get(digest);
        int record = before != null ? before.record : next;
        Kept given = records[record];
        if (given != null) {
            given.end();
            kept.remove(given.name, given);
        }
        Kept note = new Kept(digest, record, expires, value);
        records[record] = note;
        kept.put(digest, note);
        note.write();
        if (before == null) {
            next = (next + 1) % records.length;
        }
        return note;
    }

    @Override
    public @Nullable Note find(String name) {
        Kept note = kept.get(Name.of(name));
        return note != null && note.isCurrent() ? note : null;
    }

    /// A note, and where it stands.
    private final class Kept implements Note {
        private final Name name;
        private final int record;
        private final Instant expires;
        private long value;
        private boolean ended;

        private Kept(Name name, int record, Instant expires, long value) {
            this.name = name;
            this.record = record;
            this.expires = expires;
            this.value = value;
        }

        private boolean isCurrent() {
            return expires.isAfter(clock.instant());
        }

        @Override
        public synchronized long value() {
            return value;
        }

        @Override
        public synchronized void set(long to) {
            value = to;
            if (!ended) {
                put(ByteBuffer.allocate(Long.BYTES).putLong(to), VALUE);
            }
        }

        private synchronized void write() {
            ByteBuffer whole = ByteBuffer.allocate(RECORD);
            whole.putLong(name.high()).putLong(name.low());
            whole.putLong(expires.toEpochMilli()).putLong(value);
            put(whole, 0);
        }

        /// Its record is another's from now on.
        private synchronized void end() {
            ended = true;
        }

        private void put(ByteBuffer bytes, int offset) {
            bytes.flip();
            long start = (long) record * RECORD + offset;
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes, start + bytes.position());
                }
            } catch (IOException e) {
                // it holds for this run, and whoever asks in the next is told that nobody remembers
                Database.LOG.warn("{} cannot be written", file, e);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.force(false);
            channel.close();
        } catch (IOException e) {
            Database.LOG.warn("{} did not close well", file, e);
        }
    }
}
