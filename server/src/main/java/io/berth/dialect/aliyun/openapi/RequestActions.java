package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Uplink;
import io.berth.core.session.Requests;
import io.berth.json.Members;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Bytes that a device answers with bytes while the caller waits (spec aliyun-openapi 3.2, RRpc).
final class RequestActions implements Action.Group {
    private static final int MIN_MILLIS = 1_000;
    private static final int MAX_MILLIS = 8_000;
    private static final int MAX_BYTES = 256 << 10;

    private final Requests requests;

    RequestActions(Requests requests) {
        this.requests = requests;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MESSAGES, Family.MESSAGES.failing("messagebroker.RrpcFailed"));
        return List.of(about.talks("RRpc", Question.class, this::ask));
    }

    /// @param topic a custom one, below `/ext/rrpc/ID` on the wire; null: the system's own
    record Question(
            String productKey,
            String deviceName,
            String requestBase64Byte,
            int timeout,
            @Nullable String contentType,
            @Nullable String topic) {}

    private Value.Fields ask(Call<Question> call) throws InterruptedException {
        Question wanted = call.input();
        Device device = DeviceName.in(call.reach(), wanted.productKey(), wanted.deviceName());
        Refusal.require(
                wanted.timeout() >= MIN_MILLIS && wanted.timeout() <= MAX_MILLIS,
                "messagebroker.InvalidTimeoutValue",
                "a device has " + MIN_MILLIS + " to " + MAX_MILLIS + " ms for its answer");
        Payload content = MessageText.bytes(wanted.requestBase64Byte(), MAX_BYTES);
        String id = requests.nextId();
        Downlink.Request question = new Downlink.Request(id, path(wanted.topic()), content);
        Members answer = new Members().with("MessageId", Long.parseLong(id));
        try {
            Uplink.Reply reply = requests.ask(
                            device.id(), Duration.ofMillis(wanted.timeout()), id, question, Delivery.UNWATCHED)
                    .get();
            return answer.with("RrpcCode", "SUCCESS")
                    .with(
                            "PayloadBase64Byte",
                            Base64.getEncoder().encodeToString(reply.payload().toBytes()))
                    .end();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProblemException problem
                    ? Refusal.telling(
                            problem,
                            answer.with("RrpcCode", word(problem.problem())).end())
                    : new IllegalStateException(e);
        }
    }

    private static @Nullable String path(@Nullable String topic) {
        return topic == null || topic.startsWith("/") ? topic : "/" + topic;
    }

    private static String word(Problem problem) {
        return switch (problem) {
            case TIMED_OUT -> "TIMEOUT";
            case DEVICE_OFFLINE, NOT_SUBSCRIBED -> "OFFLINE";
            case CONNECTION_LOST -> "HALFCONN";
            default -> "UNKNOWN";
        };
    }
}
