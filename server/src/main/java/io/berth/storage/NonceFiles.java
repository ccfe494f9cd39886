package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.NonceJournal;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A file of eight bytes a mark for each slice, in a directory of its own. Written but not forced: the kernel has
/// it, which costs a call two microseconds instead of a commit. Made for one thread at a time.
final class NonceFiles implements NonceJournal, AutoCloseable {
    private final Path directory;
    private final NavigableMap<Long, Path> files = new TreeMap<>();
    private final ByteBuffer record = ByteBuffer.allocateDirect(Long.BYTES);
    private long open = -1;
    private @Nullable FileChannel channel;

    NonceFiles(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            try (Stream<Path> found = Files.list(directory)) {
                found.filter(file -> file.getFileName().toString().matches("[0-9]{1,18}"))
                        .forEach(file ->
                                files.put(Long.valueOf(file.getFileName().toString()), file));
            }
        } catch (IOException e) {
            throw new StorageException(
                    directory + " cannot be read (" + e + ")", "make it a directory the server owns", e);
        }
    }

    @Override
    public void append(long slice, long mark) {
        try {
            record.clear().putLong(mark).flip();
            FileChannel to = channel(slice);
            while (record.hasRemaining()) {
                to.write(record);
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "the journal of nonces cannot be written", e);
        }
    }

    private FileChannel channel(long slice) throws IOException {
        FileChannel current = channel;
        if (current != null && slice == open) {
            return current;
        }
        if (current != null) {
            current.close();
        }
        Path file = directory.resolve(Long.toString(slice));
        FileChannel fresh = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        fresh.position(fresh.size() / Long.BYTES * Long.BYTES); // over what a full disk cut off
        files.put(slice, file);
        open = slice;
        channel = fresh;
        return fresh;
    }

    @Override
    public void replay(Reader reader) {
        for (var each : List.copyOf(files.entrySet())) {
            try (DataInputStream marks =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(each.getValue()), 1 << 16))) {
                for (long left = Files.size(each.getValue()) / Long.BYTES; left > 0; left--) {
                    reader.read(each.getKey(), marks.readLong());
                }
            } catch (IOException e) {
                throw new StorageException(
                        each.getValue() + " cannot be read (" + e + ")",
                        "give the server the right to; calls of the last half hour could be sent again without it",
                        e);
            }
        }
    }

    @Override
    public void forgetBefore(long slice) {
        NavigableMap<Long, Path> old = files.headMap(slice, false);
        old.values().forEach(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                Database.LOG.warn("{} is not needed any more and cannot be deleted", file, e);
            }
        });
        old.clear();
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            Database.LOG.warn("the journal of nonces did not close", e);
        }
    }
}
