package io.berth.script.host;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.ScriptBench;
import io.berth.core.product.Scripts;
import io.berth.core.product.Scripts.Result;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// How values pass between the server and its processes: both ends are this class.
public final class Wire {
    private Wire() {}

    static void writeCall(ScriptBench.Call call, DataOutputStream out) throws IOException {
        writeText(call.function().name(), out);
        writeText(call.topic(), out);
        writeBytes(call.bytes().toBytes(), out);
        write(call.message(), out);
    }

    static ScriptBench.Call readCall(DataInputStream in) throws IOException {
        Scripts.Function function = Scripts.Function.valueOf(readText(in));
        String topic = readText(in);
        Payload bytes = Payload.owned(readBytes(in));
        return new ScriptBench.Call(function, topic, bytes, (Value.Fields) read(in));
    }

    static void writeTrial(ScriptBench.Trial trial, DataOutputStream out) throws IOException {
        switch (trial.result()) {
            case Result.Message(Value.Fields fields) -> {
                out.writeByte('m');
                write(fields, out);
            }
            case Result.Bytes(Payload bytes) -> {
                out.writeByte('b');
                writeBytes(bytes.toBytes(), out);
            }
            case Result.Failed(Scripts.Fault fault, String detail) -> {
                out.writeByte('f');
                writeText(fault.name(), out);
                writeText(detail, out);
            }
        }
        out.writeInt(trial.line());
        out.writeLong(trial.time().toNanos());
    }

    public static ScriptBench.Trial readTrial(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        Result result = switch (kind) {
            case 'm' -> new Result.Message((Value.Fields) read(in));
            case 'b' -> new Result.Bytes(Payload.owned(readBytes(in)));
            case 'f' -> new Result.Failed(Scripts.Fault.valueOf(readText(in)), readText(in));
            default -> throw new IOException("no result begins with " + kind);
        };
        return new ScriptBench.Trial(result, in.readInt(), Duration.ofNanos(in.readLong()));
    }

    static void write(Value value, DataOutputStream out) throws IOException {
        switch (value) {
            case Value.Whole(long number) -> {
                out.writeByte('w');
                out.writeLong(number);
            }
            case Value.Decimal(double number) -> {
                out.writeByte('d');
                out.writeDouble(number);
            }
            case Value.Text(String text) -> {
                out.writeByte('t');
                writeText(text, out);
            }
            case Value.Flag(boolean on) -> out.writeByte(on ? 'y' : 'n');
            case Value.Moment(Instant time) -> {
                out.writeByte('m');
                out.writeLong(time.toEpochMilli());
            }
            case Value.Items(List<Value> items) -> {
                out.writeByte('i');
                out.writeInt(items.size());
                for (Value item : items) {
                    write(item, out);
                }
            }
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                out.writeByte('f');
                out.writeInt(fields.size());
                for (var field : fields.entrySet()) {
                    writeText(field.getKey(), out);
                    write(field.getValue(), out);
                }
            }
            case Value.Nothing _ -> out.writeByte('0');
        }
    }

    static Value read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'w' -> new Value.Whole(in.readLong());
            case 'd' -> new Value.Decimal(in.readDouble());
            case 't' -> new Value.Text(readText(in));
            case 'y' -> new Value.Flag(true);
            case 'n' -> new Value.Flag(false);
            case 'm' -> new Value.Moment(Instant.ofEpochMilli(in.readLong()));
            case 'i' -> readItems(in);
            case 'f' -> readFields(in);
            case '0' -> Value.Nothing.NOTHING;
            default -> throw new IOException("no value begins with " + kind);
        };
    }

    private static Value readItems(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<Value> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(read(in));
        }
        return new Value.Items(items);
    }

    private static Value readFields(DataInputStream in) throws IOException {
        int size = in.readInt();
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = readText(in);
            fields.put(name, read(in));
        }
        return new Value.Fields(fields);
    }

    static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
