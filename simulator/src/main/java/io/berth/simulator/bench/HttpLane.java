package io.berth.simulator.bench;

import io.berth.simulator.wire.HttpCall;
import io.berth.simulator.wire.HttpConnection;
import io.berth.simulator.wire.HttpEvents;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Calls the API over one keep-alive connection, one request at a time.
final class HttpLane implements Lane, HttpEvents {
    /// Alibaba refuses with HTTP 200: applications (spec aliyun-openapi 1.1) and devices (spec aliyun-device
    /// 2.3).
    private static final Pattern REFUSED = Pattern.compile("\"Success\":false|^\\{\"code\":[1-9]");

    private final LongFunction<HttpCall> requests;
    private final boolean untilDelivered;
    private final Demand demand = new Demand();
    private @Nullable HttpConnection connection;
    private boolean waiting;
    private long sinceNanos;

    /// @param requests makes the next request around a stamp
    /// @param untilDelivered whether an event is over at the device ([Arrivals]) and not with the answer
    HttpLane(LongFunction<HttpCall> requests, boolean untilDelivered) {
        this.requests = requests;
        this.untilDelivered = untilDelivered;
    }

    void use(HttpConnection opened) {
        connection = opened;
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

    private void refill() {
        if (!waiting && demand.admit(1) == 1) {
            send(System.nanoTime());
        }
    }

    @Override
    public boolean offer(long dueNanos) {
        if (waiting) {
            return false;
        }
        send(dueNanos);
        return true;
    }

    private void send(long nanos) {
        waiting = true;
        sinceNanos = nanos;
        connection().call(requests.apply(nanos));
    }

    @Override
    public void answered(int status, String body) {
        waiting = false;
        if (status / 100 != 2 || REFUSED.matcher(body).find()) {
            demand.fail("the API answered HTTP " + status + " " + body.strip());
        } else if (!untilDelivered) {
            demand.finish(sinceNanos);
        }
        refill();
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
