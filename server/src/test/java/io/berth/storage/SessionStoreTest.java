package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef.ById;
import io.berth.core.message.Downlink;
import io.berth.core.message.Letter;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Qos;
import io.berth.core.session.SessionStore;
import io.berth.core.session.SessionStore.Kept;
import io.berth.core.session.SessionStore.StoredMessage;
import io.berth.core.session.SessionStore.StoredSession;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class SessionStoreTest {
    private static final DeviceId DEVICE = id("d");
    private static final int LIMIT = 5;
    private static final Instant FAR = Instant.MAX;
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Instant now = NOW;
    private Storage storage;
    private SessionStore sessions;

    SessionStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> now);
        storage.products().insert(product("pk"));
        storage.devices().insert(device("d"));
        sessions = storage.sessions();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void loads_subscriptions_and_the_oldest_messages() {
        await(sessions.open(DEVICE, FAR));
        await(sessions.subscribe(DEVICE, List.of(subscription("a/+", 1), subscription("温度/#", 0))));
        long first = await(sessions.enqueue(DEVICE, new Letter("a/b", Payload.of("one")), "m-1"));
        await(sessions.enqueue(DEVICE, new Letter("a/c", Payload.of("two")), ""));

        StoredSession stored = await(sessions.load(DEVICE, 1)).orElseThrow();

        assertThat(stored.subscriptions()).containsExactlyInAnyOrder(subscription("a/+", 1), subscription("温度/#", 0));
        assertThat(stored.messages())
                .containsExactly(new StoredMessage(first, new Letter("a/b", Payload.of("one")), "m-1"));
    }

    @Test
    void a_device_without_a_session_keeps_nothing() {
        assertThat(await(sessions.load(DEVICE, 1))).isEmpty();
        assertRefused(Problem.DEVICE_OFFLINE, () -> await(sessions.subscribe(DEVICE, List.of(subscription("a", 1)))));
        assertRefused(
                Problem.DEVICE_OFFLINE, () -> await(sessions.enqueue(DEVICE, new Letter("a", Payload.EMPTY), "")));
        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a"), "")))
                .isEqualTo(Kept.NO_SESSION);
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> await(sessions.open(id("none"), FAR)));
        await(sessions.unsubscribe(DEVICE, List.of(new TopicFilter("a"))));
        await(sessions.delete(DEVICE));
    }

    @Test
    void a_subscription_replaces_the_one_with_the_same_filter() {
        await(sessions.open(DEVICE, FAR));
        await(sessions.subscribe(DEVICE, List.of(subscription("a", 0), subscription("b", 1))));
        await(sessions.subscribe(DEVICE, List.of(subscription("a", 1))));
        await(sessions.unsubscribe(DEVICE, List.of(new TopicFilter("b"), new TopicFilter("c"))));

        assertThat(await(sessions.load(DEVICE, 1)).orElseThrow().subscriptions())
                .containsExactly(subscription("a", 1));
    }

    @Test
    void opening_again_keeps_what_is_stored() {
        await(sessions.open(DEVICE, NOW.plusSeconds(1)));
        await(sessions.subscribe(DEVICE, List.of(subscription("a", 1))));
        await(sessions.open(DEVICE, NOW.plusSeconds(100)));

        assertThat(await(sessions.expire(NOW.plusSeconds(50), LIFETIME, SessionStoreTest::isNobody)))
                .isZero();
        assertThat(await(sessions.load(DEVICE, 1)).orElseThrow().subscriptions())
                .hasSize(1);
    }

    @Test
    void message_ids_grow_even_past_the_end_of_a_session() {
        List<Long> ids = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            now = now.plusMillis(1);
            await(sessions.open(DEVICE, FAR));
            ids.add(await(sessions.enqueue(DEVICE, new Letter("a", Payload.EMPTY), "")));
            ids.add(await(sessions.enqueue(DEVICE, new Letter("a", Payload.EMPTY), "")));
            await(sessions.delete(DEVICE));
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void refuses_messages_beyond_the_limit_until_some_are_confirmed() {
        await(sessions.open(DEVICE, FAR));
        await(sessions.subscribe(DEVICE, List.of(subscription("a", 1))));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            ids.add(await(sessions.enqueue(DEVICE, new Letter("a", Payload.of("m" + i)), "")));
        }
        assertRefused(Problem.LIMIT_REACHED, () -> await(sessions.enqueue(DEVICE, new Letter("a", Payload.EMPTY), "")));
        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a"), "")))
                .isEqualTo(Kept.FULL);

        sessions.confirm(DEVICE, List.of(ids.get(0), ids.get(2), ids.get(2), 42L));

        assertThat(await(sessions.messages(DEVICE, 0, 100)))
                .extracting(StoredMessage::id)
                .containsExactly(ids.get(1), ids.get(3), ids.get(4));
        assertThat(await(sessions.messages(DEVICE, ids.get(1), 1)))
                .extracting(StoredMessage::id)
                .containsExactly(ids.get(3));
        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a"), "")))
                .isEqualTo(Kept.KEPT);
        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a"), "")))
                .isEqualTo(Kept.KEPT);
        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a"), "")))
                .isEqualTo(Kept.FULL);
    }

    @Test
    void keeps_messages_for_subscribed_topics_only() {
        await(sessions.open(DEVICE, FAR));
        await(sessions.subscribe(DEVICE, List.of(subscription("a/+/c", 1))));

        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a/b/c"), "")))
                .isEqualTo(Kept.KEPT);
        assertThat(await(sessions.enqueueIfSubscribed(DEVICE, message("a/b"), "")))
                .isEqualTo(Kept.NOT_SUBSCRIBED);
        assertThat(await(sessions.messages(DEVICE, 0, 10)))
                .extracting(message -> message.letter().topic())
                .containsExactly("a/b/c");
    }

    @Test
    void what_is_beside_the_bytes_comes_back_as_it_was() {
        await(sessions.open(DEVICE, FAR));
        Letter whole = new Letter(
                "a",
                Payload.of("x"),
                new MessageProperties(
                        List.of(
                                new MessageProperties.Word("键", "1"),
                                new MessageProperties.Word("键", ""),
                                new MessageProperties.Word("b", "2")),
                        "answer/here",
                        Payload.of(new byte[] {0, -1})));
        Letter part = new Letter("b", Payload.EMPTY, new MessageProperties(List.of(), null, Payload.of("7")));
        await(sessions.enqueue(DEVICE, whole, ""));
        await(sessions.enqueue(DEVICE, part, ""));

        assertThat(await(sessions.messages(DEVICE, 0, 10)))
                .extracting(StoredMessage::letter)
                .containsExactly(whole, part);
    }

    @Test
    void payloads_of_any_bytes_come_back_as_they_were() {
        await(sessions.open(DEVICE, FAR));
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        await(sessions.enqueue(DEVICE, new Letter("a", Payload.EMPTY), ""));
        await(sessions.enqueue(DEVICE, new Letter("b", Payload.of(bytes)), ""));

        assertThat(await(sessions.messages(DEVICE, 0, 10)))
                .extracting(message -> message.letter().payload())
                .containsExactly(Payload.EMPTY, Payload.of(bytes));
    }

    @Test
    void expires_sessions_and_old_messages() {
        storage.devices().insert(device("e"));
        await(sessions.open(DEVICE, NOW.plusSeconds(100)));
        await(sessions.open(id("e"), NOW.plusSeconds(10)));
        for (int i = 0; i < LIMIT; i++) {
            await(sessions.enqueue(DEVICE, new Letter("old", Payload.EMPTY), ""));
        }
        now = NOW.plusSeconds(20);

        assertThat(await(sessions.expire(now, Duration.ofSeconds(1), SessionStoreTest::isNobody)))
                .isOne();

        assertThat(await(sessions.load(id("e"), 1))).isEmpty();
        assertThat(await(sessions.load(DEVICE, 10)).orElseThrow().messages()).isEmpty();
        for (int i = 0; i < LIMIT; i++) {
            await(sessions.enqueue(DEVICE, new Letter("new", Payload.EMPTY), ""));
        }
        assertRefused(
                Problem.LIMIT_REACHED, () -> await(sessions.enqueue(DEVICE, new Letter("new", Payload.EMPTY), "")));
    }

    @Test
    void the_session_of_an_attached_device_outlives_its_time_and_a_crash_after_it() {
        await(sessions.open(DEVICE, NOW.plusSeconds(10)));
        Instant late = NOW.plus(LIFETIME);

        assertThat(await(sessions.expire(late, LIFETIME, DEVICE::equals))).isZero();
        assertThat(await(sessions.expire(late.plusSeconds(60), LIFETIME, SessionStoreTest::isNobody)))
                .isZero();
        assertThat(await(sessions.expire(late.plus(LIFETIME), LIFETIME, SessionStoreTest::isNobody)))
                .isOne();
        assertThat(await(sessions.load(DEVICE, 1))).isEmpty();
    }

    @Test
    void knows_what_was_sent_once_the_device_left_and_no_longer_when_it_is_back() {
        await(sessions.open(DEVICE, FAR));
        assertThat(lastSent()).isEmpty();
        await(sessions.leave(DEVICE, FAR, 42));
        assertThat(lastSent()).hasValue(42);
        await(sessions.open(DEVICE, FAR));
        assertThat(lastSent()).isEmpty();
    }

    private OptionalLong lastSent() {
        return await(sessions.load(DEVICE, 1)).orElseThrow().lastSent();
    }

    @Test
    void a_session_lasts_from_when_the_device_left() {
        await(sessions.open(DEVICE, NOW.plusSeconds(10)));
        await(sessions.leave(DEVICE, NOW.plusSeconds(100), 0));
        assertThat(await(sessions.expire(NOW.plusSeconds(99), LIFETIME, SessionStoreTest::isNobody)))
                .isZero();
        await(sessions.delete(DEVICE));
        await(sessions.leave(DEVICE, FAR, 0));
        assertThat(await(sessions.load(DEVICE, 1))).isEmpty();
    }

    @Test
    void calls_for_one_device_take_effect_in_call_order() {
        List<CompletionStage<?>> stages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stages.add(sessions.open(DEVICE, FAR));
            stages.add(sessions.subscribe(DEVICE, List.of(subscription("round/" + i, 1))));
            var loaded = sessions.load(DEVICE, 1);
            String filter = "round/" + i;
            stages.add(loaded.thenAccept(session ->
                    assertThat(session.orElseThrow().subscriptions()).containsExactly(subscription(filter, 1))));
            stages.add(sessions.delete(DEVICE));
        }
        stages.forEach(Samples::await);
    }

    @Test
    void the_directory_knows_at_once_whether_a_session_is_kept() {
        assertThat(keepsSession()).isFalse();
        await(sessions.open(DEVICE, NOW.plusSeconds(10)));
        assertThat(keepsSession()).isTrue();
        await(sessions.delete(DEVICE));
        assertThat(keepsSession()).isFalse();
        await(sessions.open(DEVICE, NOW.plusSeconds(10)));
        await(sessions.expire(NOW.plusSeconds(10), LIFETIME, SessionStoreTest::isNobody));
        assertThat(keepsSession()).isFalse();
    }

    private boolean keepsSession() {
        return await(storage.directory().find(new ById(DEVICE))).orElseThrow().keepsSession();
    }

    private static boolean isNobody(DeviceId device) {
        return false;
    }

    private static Subscription subscription(String filter, int qos) {
        return new Subscription(new TopicFilter(filter), Qos.of(qos));
    }

    private static Downlink.Message message(String topic) {
        return new Downlink.Message(topic, Qos.AT_LEAST_ONCE, Payload.of("x"));
    }
}
