package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.CallerStore;
import io.berth.core.caller.Rights;
import io.berth.core.credential.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class CallerStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private CallerStore callers;

    CallerStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        callers = storage.callers();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_access_keys_with_their_secrets() {
        AccessKey b = new AccessKey("b", new Secret("secret-b"), "b", Rights.ALL, true, NOW);
        AccessKey a = new AccessKey("a", new Secret("secret-a"), "a", Rights.ALL, true, NOW);
        callers.insert(b);
        callers.insert(a);

        assertThat(callers.listAccessKeys()).containsExactly(a, b);
        assertThat(callers.findAccessKey("b")).contains(b);
        assertRefused(Problem.ACCESS_KEY_EXISTS, () -> callers.insert(a));

        callers.deleteAccessKey("a");

        assertThat(callers.findAccessKey("a")).isEmpty();
        assertRefused(Problem.ACCESS_KEY_NOT_FOUND, () -> callers.deleteAccessKey("a"));
    }

    @Test
    void a_password_hash_replaces_the_one_before() {
        assertThat(callers.findPasswordHash("admin")).isEmpty();

        callers.putPasswordHash("admin", "first");
        callers.putPasswordHash("admin", "second");

        assertThat(callers.findPasswordHash("admin")).contains("second");
    }

    @Test
    void a_token_is_known_until_it_expires() {
        callers.insertToken("digest", "name", NOW.plusSeconds(10));

        assertThat(callers.findToken("digest", NOW)).contains("name");
        assertThat(callers.findToken("digest", NOW.plusSeconds(10))).isEmpty();
        assertThat(callers.findToken("other", NOW)).isEmpty();
    }
}
