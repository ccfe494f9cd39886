package io.berth.simulator.bench;

import io.berth.simulator.wire.HttpConnection;
import io.berth.simulator.wire.HttpEvents;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Sends messages to devices as lines of one call that never ends, with a window of lines that are not answered yet.
/// A message is over at its device ([Arrivals]); its answer only makes room for the next.
final class StreamLane implements Lane, HttpEvents {
    private final Lines lines;
    private final int window;
    private final Demand demand = new Demand();
    private @Nullable HttpConnection connection;
    private int underWay;

    StreamLane(Lines lines, int window) {
        this.lines = lines;
        this.window = window;
    }

    /// Writes the line of the next message.
    @FunctionalInterface
    interface Lines {
        void write(ByteBuf out, long stamp);
    }

    void use(HttpConnection opened, String path) {
        connection = opened;
        opened.stream(path);
    }

    @Override
    public EventLoop loop() {
        return connection().loop();
    }

    @Override
    public void begin(Meter next, boolean keepBusy) {
        demand.begin(next, keepBusy);
        refill();
    }

    @Override
    public boolean offer(long dueNanos) {
        if (underWay == window) {
            return false;
        }
        send(1, dueNanos);
        return true;
    }

    private void refill() {
        // A quarter of a window at least: a write per message would measure system calls
        int room = window - underWay;
        int admitted = room * 4 >= window ? demand.admit(room) : 0;
        if (admitted > 0) {
            send(admitted, System.nanoTime());
        }
    }

    private void send(int count, long stamp) {
        underWay += count;
        connection().chunk(out -> {
            for (int i = 0; i < count; i++) {
                lines.write(out, stamp);
            }
        });
    }

    @Override
    public void lines(int count) {
        underWay -= count;
        refill();
    }

    @Override
    public void problem(String line) {
        lost("a message was refused: " + line);
    }

    @Override
    public void answered(int status, String body) {
        lost("the stream of messages ended with HTTP " + status + " " + body.strip());
    }

    @Override
    public void lost(String reason) {
        demand.fail(reason);
    }

    @Override
    public CompletableFuture<?> leave() {
        return connection().leave();
    }

    private HttpConnection connection() {
        return Objects.requireNonNull(connection, "the lane is not open yet");
    }
}
