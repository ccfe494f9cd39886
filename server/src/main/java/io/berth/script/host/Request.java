package io.berth.script.host;

import io.berth.core.product.ScriptBench;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/// What the server asks of a process.
///
/// @param script names one source for as long as the process lives
/// @param source sent with the first request of a script only
/// @param forget a script that will not be asked for again, or [#NONE]
/// @param call empty to see only whether the source is a script
public record Request(long script, Optional<String> source, long forget, Optional<ScriptBench.Call> call) {
    public static final long NONE = -1;

    public void write(DataOutputStream out) throws IOException {
        out.writeLong(script);
        out.writeLong(forget);
        out.writeBoolean(source.isPresent());
        if (source.isPresent()) {
            Wire.writeText(source.get(), out);
        }
        out.writeBoolean(call.isPresent());
        if (call.isPresent()) {
            Wire.writeCall(call.get(), out);
        }
    }

    static Request read(DataInputStream in) throws IOException {
        long script = in.readLong();
        long forget = in.readLong();
        Optional<String> source = in.readBoolean() ? Optional.of(Wire.readText(in)) : Optional.empty();
        Optional<ScriptBench.Call> call = in.readBoolean() ? Optional.of(Wire.readCall(in)) : Optional.empty();
        return new Request(script, source, forget, call);
    }
}
