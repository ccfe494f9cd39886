package io.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// A certificate and its private key on their way into files of a directory.
record KeyFiles(Path directory) {
    void certificate(String file, String pem) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(file), pem);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void key(String file, Optional<String> pem) {
        if (pem.isEmpty()) {
            return;
        }
        Path key = directory.resolve(file);
        try {
            Files.deleteIfExists(key);
            // created closed to others, so that nobody can read the key in between
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, pem.get());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private RefusedException unwritable(IOException cause) {
        return new RefusedException("the files cannot be written to " + directory + ": " + cause.getMessage());
    }
}
