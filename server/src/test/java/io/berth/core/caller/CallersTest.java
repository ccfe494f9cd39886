package io.berth.core.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallersTest {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final MapCallerStore store = new MapCallerStore();
    private final Callers callers = new Callers(store, () -> now);

    @Test
    void the_first_start_makes_an_administrator_and_a_key_and_later_ones_nothing() {
        Callers.FirstCredentials first = callers.bootstrap().orElseThrow();

        assertThat(callers.bootstrap()).isEmpty();
        assertThat(store.findAccessKey(first.accessKey().id())).contains(first.accessKey());
        assertThat(store.hashes.get("admin")).doesNotContain(first.password().reveal());
    }

    @Test
    void the_right_password_gets_a_token_that_ends() {
        Secret password = callers.bootstrap().orElseThrow().password();

        Secret token = callers.login("admin", password, Duration.ofHours(1));
        assertThat(callers.authenticate(token)).isEqualTo(new Caller.User("admin", Rights.ALL));
        assertThat(store.tokens.keySet()).noneMatch(digest -> digest.contains(token.reveal()));

        now = now.plus(Duration.ofHours(1));
        assertThatThrownBy(() -> callers.authenticate(token)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_wrong_password_an_unknown_user_and_an_unknown_token_are_refused_alike() {
        callers.bootstrap();

        for (Runnable attempt : List.<Runnable>of(
                () -> callers.login("admin", new Secret("guess"), Duration.ofHours(1)),
                () -> callers.login("nobody", new Secret("guess"), Duration.ofHours(1)),
                () -> callers.authenticate(new Secret("guess")))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(ProblemException.class)
                    .extracting(e -> ((ProblemException) e).problem())
                    .isEqualTo(Problem.UNAUTHENTICATED);
        }
    }

    @Test
    void the_local_token_is_the_operator_on_this_machine() {
        assertThat(callers.authenticate(callers.localToken())).isEqualTo(new Caller.LocalOperator());
        assertThat(new Callers(store, () -> now).localToken()).isNotEqualTo(callers.localToken());
    }

    private static final class MapCallerStore implements CallerStore {
        final List<AccessKey> keys = new ArrayList<>();
        final Map<String, String> hashes = new HashMap<>();
        final Map<String, Map.Entry<String, Instant>> tokens = new HashMap<>();

        @Override
        public void insert(AccessKey key) {
            keys.add(key);
        }

        @Override
        public Optional<AccessKey> findAccessKey(String id) {
            return keys.stream().filter(key -> key.id().equals(id)).findFirst();
        }

        @Override
        public List<AccessKey> listAccessKeys() {
            return List.copyOf(keys);
        }

        @Override
        public void deleteAccessKey(String id) {
            keys.removeIf(key -> key.id().equals(id));
        }

        @Override
        public Optional<String> findPasswordHash(String user) {
            return Optional.ofNullable(hashes.get(user));
        }

        @Override
        public void putPasswordHash(String user, String hash) {
            hashes.put(user, hash);
        }

        @Override
        public void insertToken(String digest, String name, Instant expires) {
            tokens.put(digest, Map.entry(name, expires));
        }

        @Override
        public Optional<String> findToken(String digest, Instant now) {
            return Optional.ofNullable(tokens.get(digest))
                    .filter(token -> now.isBefore(token.getValue()))
                    .map(Map.Entry::getKey);
        }
    }
}
