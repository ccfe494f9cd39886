package io.berth.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A file on its way to the server, which reads no faster than it understands it; how far it is shows on a
/// terminal.
final class UploadProgress extends FilterInputStream {
    private static final Duration STEP = Duration.ofMillis(200);

    private final Shell shell;
    private Instant shown;
    private long lines;
    private boolean visible;

    /// @param file `-` for standard input
    static UploadProgress of(String file, Shell shell) {
        try {
            return new UploadProgress(file.equals("-") ? shell.in() : Files.newInputStream(Path.of(file)), shell);
        } catch (IOException e) {
            throw RefusedException.unreadable(Path.of(file), e);
        }
    }

    private UploadProgress(InputStream csv, Shell shell) {
        super(csv);
        this.shell = shell;
        this.shown = shell.clock().instant();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        for (int i = offset; i < offset + count; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        Instant now = shell.clock().instant();
        if (shell.shows() && !now.isBefore(shown.plus(STEP))) {
            shown = now;
            visible = true;
            shell.err().print("\r" + lines + " lines ");
            shell.err().flush();
        }
        return count;
    }

    void clear() {
        if (visible) {
            visible = false;
            shell.err().print("\r\u001b[K");
            shell.err().flush();
        }
    }
}
