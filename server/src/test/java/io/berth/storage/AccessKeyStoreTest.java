package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeyStore;
import io.berth.core.caller.AccessKeyStore.Used;
import io.berth.core.caller.Area;
import io.berth.core.caller.KeyUse;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class AccessKeyStoreTest {
    private static final Rights SOME = new Rights(Role.OPERATOR, Set.of("s2", "s1"), Set.of(Area.DEVICES));

    private final TestEngine engine;
    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private String database;
    private Storage storage;
    private AccessKeyStore keys;

    AccessKeyStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.newDatabase(directory);
        storage = another();
        keys = storage.accessKeys();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_access_keys_with_secret_rights_and_owner() {
        AccessKey b = key("b", "billing 系统");
        AccessKey a = key("a", "");
        keys.insert(b);
        keys.insert(a);

        assertThat(keys.list()).containsExactly(new Used(a, null), new Used(b, null));
        assertThat(keys.find("b")).contains(b);
        assertRefused(Problem.ACCESS_KEY_EXISTS, () -> keys.insert(a));

        keys.delete("a");
        assertThat(keys.find("a")).isEmpty();
        assertRefused(Problem.ACCESS_KEY_NOT_FOUND, () -> keys.delete("a"));
        assertRefused(Problem.ACCESS_KEY_NOT_FOUND, () -> keys.update(a));
    }

    @Test
    void a_change_is_seen_at_once() {
        keys.insert(key("a", ""));
        assertThat(keys.find("a")).contains(key("a", ""));

        AccessKey changed = key("a", "").with(Rights.of(Role.READER)).enabled(false);
        keys.update(changed);

        assertThat(keys.find("a")).contains(changed);
    }

    @Test
    void an_owner_has_two_enabled_keys_at_most() {
        keys.insert(key("a", "app"));
        keys.insert(key("b", "app"));
        assertRefused(Problem.LIMIT_REACHED, () -> keys.insert(key("c", "app")));

        keys.update(key("a", "app").enabled(false));
        keys.insert(key("c", "app"));
        assertRefused(Problem.LIMIT_REACHED, () -> keys.update(key("a", "app")));
        assertThat(keys.find("a").orElseThrow().enabled()).isFalse();

        keys.insert(key("d", ""));
        keys.insert(key("e", ""));
        keys.insert(key("f", ""));
        assertThat(keys.list()).hasSize(6);
    }

    @Test
    void the_newest_use_of_a_key_is_kept() {
        keys.insert(key("a", ""));
        KeyUse newest = new KeyUse("a", NOW.plusSeconds(5), "::1", "huawei");

        keys.recordUses(List.of(newest, new KeyUse("gone", NOW, "::1", "huawei")))
                .toCompletableFuture()
                .join();
        keys.recordUses(List.of(new KeyUse("a", NOW, "10.0.0.1", "aliyun")))
                .toCompletableFuture()
                .join();

        assertThat(keys.list()).containsExactly(new Used(key("a", ""), newest));
    }

    @Test
    void what_another_node_changed_is_seen_soon() {
        keys.insert(key("a", ""));
        assertThat(keys.find("a")).isPresent();
        try (Storage other = another()) {
            other.accessKeys().delete("a");
        }

        clock.advance(Duration.ofSeconds(5));
        assertThat(keys.find("a")).isEmpty();
    }

    private Storage another() {
        return Storage.open(Samples.config(database), directory, MasterKey.load(directory, Samples.KEY), clock);
    }

    private static AccessKey key(String id, String owner) {
        return new AccessKey(id, new Secret("secret-" + id), owner, SOME, true, NOW);
    }
}
