package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Qos;
import io.berth.core.outbox.OutboxMessage;
import io.berth.core.outbox.OutboxMessage.State;
import io.berth.core.outbox.OutboxStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class OutboxStoreTest {
    private static final MessageProperties BESIDE =
            new MessageProperties(List.of(new MessageProperties.Word("k", "v")), "answers", Payload.of("7"));

    private static final DeviceId DEVICE = Samples.id("d1");
    private static final int KEPT = 3;

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private OutboxStore outbox;

    OutboxStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        outbox = storage.outbox();
        storage.products().insert(Samples.product("pk"));
        storage.devices().insert(Samples.device("d1"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_everything_of_a_message() {
        OutboxMessage whole = message("a", State.FAILED, NOW.plusSeconds(1));
        await(outbox.add(whole, KEPT));
        assertThat(outbox.find(DEVICE, "a")).contains(whole);
        assertThat(outbox.find(DEVICE, "b")).isEmpty();
    }

    @Test
    void keeps_the_newest_whatever_they_are_called() {
        for (String id : List.of("d", "c", "b", "a")) {
            await(outbox.add(message(id, State.WAITING, null), KEPT));
        }
        assertThat(outbox.list(DEVICE)).extracting(OutboxMessage::id).containsExactly("a", "b", "c");
    }

    @Test
    void refuses_a_second_of_one_id_and_one_for_nobody() {
        await(outbox.add(message("a", State.WAITING, null), KEPT));
        assertRefused(Problem.INVALID_ARGUMENT, () -> await(outbox.add(message("a", State.WAITING, null), KEPT)));
        storage.devices().delete(DEVICE);
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> await(outbox.add(message("b", State.WAITING, null), KEPT)));
        assertThat(outbox.list(DEVICE)).isEmpty();
    }

    @Test
    void what_is_over_changes_no_more() {
        await(outbox.add(message("a", State.WAITING, null), KEPT));
        assertThat(outbox.waiting()).containsExactly(DEVICE);
        OutboxMessage over = message("a", State.TIMED_OUT, NOW);
        assertThat(await(outbox.change(DEVICE, "a", _ -> over))).contains(over);
        assertThat(await(outbox.change(DEVICE, "a", _ -> message("a", State.SENT, null))))
                .isEmpty();
        assertThat(outbox.find(DEVICE, "a")).contains(over);
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void tells_what_is_overdue() {
        await(outbox.add(message("a", State.SENT, null), KEPT));
        await(outbox.add(message("b", State.FAILED, NOW), KEPT));
        assertThat(outbox.overdue(NOW.plusSeconds(8), 9)).isEmpty();
        assertThat(outbox.overdue(NOW.plusSeconds(9), 9))
                .extracting(OutboxMessage::id)
                .containsExactly("a");
    }

    @Test
    void tells_as_many_overdue_messages_as_it_is_asked_for() {
        for (String id : List.of("a", "b", "c")) {
            await(outbox.add(message(id, State.SENT, null), KEPT));
        }

        assertThat(outbox.overdue(NOW.plusSeconds(9), 2)).hasSize(2);
        assertThat(outbox.overdue(NOW.plusSeconds(9), 3)).hasSize(3);
    }

    @Test
    void nothing_changes_where_nothing_is() {
        assertThat(await(outbox.change(DEVICE, "a", message -> message))).isEmpty();
        assertThat(outbox.list(DEVICE)).isEmpty();
        assertThat(outbox.waiting()).isEmpty();
    }

    private static OutboxMessage message(String id, State state, @Nullable Instant ended) {
        return new OutboxMessage(
                DEVICE,
                id,
                Value.Fields.of("name", new Value.Text("n\0")),
                new Downlink.Message("$oc/x", Qos.AT_LEAST_ONCE, Payload.of("hello"), BESIDE),
                state,
                state == State.WAITING || state == State.SENT ? null : Problem.TIMED_OUT,
                "why",
                NOW,
                ended,
                NOW.plusSeconds(9));
    }
}
