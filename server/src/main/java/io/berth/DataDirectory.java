package io.berth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where a server keeps its state and tells where it listens; one server at a time.
///
/// @param runtime holds `runtime.json` and the token of the local command line
/// @param state holds everything else; a temporary directory, removed at exit, when `ephemeral`
record DataDirectory(Path runtime, Path state, boolean ephemeral, FileChannel lock) implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNERS_ALONE = PosixFilePermissions.fromString("rwx------");

    static DataDirectory open(Path data, boolean ephemeral) {
        try {
            if (!Files.isDirectory(data)) {
                // what devices said is in it, in clear; whoever makes it beforehand decides for himself
                Files.createDirectories(data, PosixFilePermissions.asFileAttribute(OWNERS_ALONE));
            }
            FileChannel lock = lock(data);
            Path state = ephemeral ? Files.createTempDirectory("berth-") : data;
            return new DataDirectory(data, state, ephemeral, lock);
        } catch (FileAlreadyExistsException e) {
            throw new StartException("the data directory " + data + " is a file; name another one with --data", e);
        } catch (IOException e) {
            throw unusable(data, e);
        }
    }

    private static FileChannel lock(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("berth.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new StartException(
                    "another server runs on " + data + "; stop it, or name another directory with --data", null);
        }
        return channel;
    }

    /// Puts a file that only its owner can read where others find it whole or not at all.
    Path publish(String name, byte[] content) {
        Path target = runtime.resolve(name);
        Path fresh = runtime.resolve(name + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, content);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw unusable(runtime, e);
        }
    }

    void withdraw(String name) {
        try {
            Files.deleteIfExists(runtime.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (ephemeral) {
                remove(state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }

    private static StartException unusable(Path data, IOException e) {
        String reason = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e.getClass().getSimpleName();
        return new StartException(
                "the data directory " + data + " cannot be written (" + reason
                        + "); give the server a directory it owns " + "with --data, or free space on its disk",
                e);
    }
}
