package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Things;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryThings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class RequestsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FakeLog log = FakeLog.holding();
    private final RecordingLink link = new RecordingLink();
    private final Sessions sessions = new Sessions(new Events(log, CLOCK), _ -> {});
    private final Session session = new Session(DEVICE, "test", "127.0.0.1:1", Instant.EPOCH, link);
    private final Requests requests = new Requests(new Downlinks(sessions, new NoSessionStore()), sessions, 2, 41);
    private final Uplinks uplinks = new Uplinks(
            new Events(log, CLOCK), new Things(new MemoryThings(), CLOCK), requests, Uplinks.LateReplies.IGNORED);

    @Test
    void an_answer_with_the_id_of_the_request_completes_it() {
        sessions.attach(session);

        CompletableFuture<Payload> answer = ask();
        assertThat(link.sent).containsExactly(new Downlink.Request("42", null, Payload.of("ping")));
        reply("41", "late answer to another");
        reply("42", "pong");

        assertThat(answer).isCompletedWithValue(Payload.of("pong"));
        assertThat(requests.waiting()).isZero();
    }

    @Test
    void silence_ends_as_timed_out() {
        sessions.attach(session);

        CompletableFuture<Uplink.Reply> answer = requests.ask(DEVICE, Duration.ofMillis(20), this::ping);

        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .extracting(cause -> ((ProblemException) cause).problem())
                .isEqualTo(Problem.TIMED_OUT);
        assertThat(requests.waiting()).isZero();
    }

    @Test
    void an_absent_device_is_refused_at_once() {
        assertThat(problemOf(ask())).isEqualTo(Problem.DEVICE_OFFLINE);
    }

    @Test
    void a_broken_delivery_ends_the_wait() {
        sessions.attach(session);
        CompletableFuture<Payload> answer = ask();

        link.deliveries.getFirst().failed(Problem.CONNECTION_LOST, "gone");

        assertThat(problemOf(answer)).isEqualTo(Problem.CONNECTION_LOST);
    }

    @Test
    void more_than_the_bound_do_not_wait() {
        sessions.attach(session);
        assertThat(ask()).isNotDone();
        assertThat(ask()).isNotDone();

        assertThat(problemOf(ask())).isEqualTo(Problem.OVERLOADED);
        assertThat(requests.waiting()).isEqualTo(2);
    }

    @Test
    void an_uplink_is_accepted_when_the_log_has_it_and_not_before() {
        boolean[] accepted = {false};

        uplinks.accept(session, new Uplink.Message("t", Qos.AT_LEAST_ONCE, Payload.of("x")), _ -> accepted[0] = true);
        assertThat(accepted[0]).isFalse();
        log.completions.getFirst().done(null);

        assertThat(accepted[0]).isTrue();
        assertThat(log.says()).containsExactly("x");
    }

    private CompletableFuture<Payload> ask() {
        return requests.ask(DEVICE, LONG, this::ping).thenApply(Uplink.Reply::payload);
    }

    private Downlink ping(String id) {
        return new Downlink.Request(id, null, Payload.of("ping"));
    }

    private void reply(String id, String text) {
        uplinks.accept(session, new Uplink.Reply(id, "t", Qos.AT_MOST_ONCE, Payload.of(text), null), _ -> {});
    }

    private static Problem problemOf(CompletableFuture<Payload> failed) {
        assertThat(failed).isCompletedExceptionally();
        return failed.handle((_, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return ((ProblemException) java.util.Objects.requireNonNull(cause)).problem();
                })
                .join();
    }
}
