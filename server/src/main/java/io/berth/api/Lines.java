package io.berth.api;

import io.berth.core.ProblemException;
import io.berth.web.Exchange;
import io.berth.web.Json;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a streaming answer. Status and headers go out when it opens, so what refuses the call must come before.
public final class Lines {
    private final Exchange exchange;
    private @Nullable OutputStream out;

    Lines(Exchange exchange) {
        this.exchange = exchange;
    }

    /// Sends status and headers at once: from here on the client knows that it is heard.
    OutputStream open() throws IOException {
        if (out == null) {
            out = exchange.stream(200, Json.LINES_CONTENT_TYPE);
        }
        return out;
    }

    void write(Object line) throws IOException {
        OutputStream stream = open();
        stream.write(Json.write(line));
        stream.write('\n');
    }

    void flush() throws IOException {
        open().flush();
    }

    /// What went wrong after the answer began: told as the last line. False when nothing was sent yet.
    boolean end(ProblemException e) throws IOException {
        if (out == null) {
            return false;
        }
        write(Problems.document(e));
        return true;
    }
}
