package io.berth.core.batch;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A file as it arrives, up to a bound; TOO_LARGE beyond it.
final class BoundedInput extends FilterInputStream {
    private final long most;
    private long read;

    BoundedInput(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int some = super.read(bytes, offset, length);
        count(Math.max(some, 0));
        return some;
    }

    private void count(int more) {
        read += more;
        if (read > most) {
            throw new ProblemException(
                    Problem.TOO_LARGE, "the file has more than " + most + " bytes (batch.max-file-bytes)");
        }
    }
}
