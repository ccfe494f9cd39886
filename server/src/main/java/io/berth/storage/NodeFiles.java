package io.berth.storage;

import io.berth.core.login.Notes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a node keeps in files of its own beside the database, because it changes with every message or call.
final class NodeFiles implements AutoCloseable {
    private final Path directory;
    private final InstantSource clock;
    private final List<NoteFile> notes = new CopyOnWriteArrayList<>();
    final NonceFiles nonces;

    NodeFiles(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.nonces = new NonceFiles(directory.resolve("nonces"));
    }

    /// @param of what the notes are of, a word
    /// @param most so many are kept
    Notes notes(String of, int most) {
        NoteFile file = new NoteFile(directory.resolve("notes-" + of), most, clock);
        notes.add(file);
        return file;
    }

    @Override
    public void close() {
        nonces.close();
        notes.forEach(NoteFile::close);
    }
}
