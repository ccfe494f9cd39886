package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.Refusal.Channel;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request tried on one connection of a dialect, as a front would.
public record Post(
        String method,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        Payload body,
        InstantSource clock)
        implements HttpRequest {
    public static Post of(InstantSource clock, String path, Map<String, String> headers, String body) {
        return new Post("POST", path, null, headers, Payload.of(body), clock);
    }

    public Post withQuery(String text) {
        return new Post(method, path, text, headers, body, clock);
    }

    public Post by(String other) {
        return new Post(other, path, query, headers, body, clock);
    }

    /// What came of it.
    ///
    /// @param uplink what the platform would have been given, null for nothing
    /// @param failure what the operator would read, null when nothing was refused
    public record Result(
            HttpAnswer answer,
            @Nullable Uplink uplink,
            @Nullable LoginFailure failure) {
        public String body() {
            return answer.body().text();
        }
    }

    public Result at(HttpReader reader, DeviceDirectory devices) {
        return settled(reader.read(this), devices);
    }

    private static Result settled(HttpReading reading, DeviceDirectory devices) {
        return switch (reading) {
            case HttpReading.Served served -> new Result(served.answer(), null, null);
            case HttpReading.Answered answered -> new Result(answered.answer(), null, null);
            case HttpReading.Refused refused -> new Result(refused.answer(), null, refused.failure());
            case HttpReading.Later later -> settled(later.work().read(), devices);
            case HttpReading.Claim claim -> {
                Optional<DeviceSnapshot> device =
                        devices.find(claim.device()).toCompletableFuture().join();
                yield settled(claim.verify(device));
            }
        };
    }

    private static Result settled(HttpVerdict verdict) {
        return switch (verdict) {
            case HttpVerdict.Accepted accepted ->
                new Result(accepted.answer().toCompletableFuture().join(), null, null);
            case HttpVerdict.Denied denied -> new Result(denied.answer(), null, null);
            case HttpVerdict.Refused refused ->
                new Result(refused.answer(), null, refused.explanation().get());
            case HttpVerdict.Message message ->
                settled(message, message.reader().read(message.payload(), Qos.AT_LEAST_ONCE));
        };
    }

    private static Result settled(HttpVerdict.Message message, Reading reading) {
        return switch (reading) {
            case Reading.Accepted accepted -> new Result(message.taken(), accepted.uplink(), null);
            case Reading.Answered _ -> new Result(message.taken(), null, null);
            case Reading.Dropped _, Reading.Through _ -> new Result(message.dropped(), null, null);
            case Reading.Later later -> settled(message, later.work().read());
        };
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public Instant time() {
        return clock.instant();
    }

    @Override
    public String address() {
        return "192.0.2.7:50000";
    }

    @Override
    public Channel channel() {
        return new Channel("https", address(), "https", "TLSv1.3");
    }
}
