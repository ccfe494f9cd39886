package io.berth;

import io.berth.storage.EmptyDatabase;
import io.berth.storage.MasterKey;
import io.berth.testing.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a first start takes a second of processor time for, tables and server certificates, laid into the data
/// directories
/// of tests that are about something else.
final class FirstStart {
    private FirstStart() {}

    /// Does nothing to a directory that is not there or not empty.
    static void spare(Path data) {
        if (isEmpty(data)) {
            MasterKey.load(data, null);
            EmptyDatabase.lay(data);
            TestIdentity.lay(data.resolve("tls"));
        }
    }

    private static boolean isEmpty(Path data) {
        if (!Files.isDirectory(data)) {
            return false;
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
