package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.caller.Area;
import io.berth.core.caller.BearerToken;
import io.berth.core.caller.CallerStore;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.caller.User;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class CallerStoreTest {
    private static final Rights SOME =
            new Rights(Role.READER, Set.of("space-1", "空间 2"), Set.of(Area.DEVICES, Area.THINGS));
    private static final User ADMIN = new User("admin", Rights.ALL, true, NOW);
    private static final User ANN = new User("ann", SOME, true, NOW);

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
        callers.insert(ADMIN, "hash-a");
        callers.insert(ANN, "hash-n");
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_users_with_their_rights() {
        assertThat(callers.listUsers()).containsExactly(ADMIN, ANN);
        assertThat(callers.findUser("ann")).contains(ANN);
        assertThat(callers.findUser("Ann")).isEmpty();
        assertThat(callers.findPasswordHash("ann")).contains("hash-n");
        assertThat(callers.findPasswordHash("nobody")).isEmpty();
        assertRefused(Problem.USER_EXISTS, () -> callers.insert(ANN, "hash"));
    }

    @Test
    void a_change_is_seen_at_once() {
        assertThat(callers.findUser("ann")).contains(ANN);

        User changed = ANN.with(Rights.of(Role.OPERATOR)).enabled(false);
        callers.update(changed);
        assertThat(callers.findUser("ann")).contains(changed);

        callers.deleteUser("ann");
        assertThat(callers.findUser("ann")).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> callers.deleteUser("ann"));
        assertRefused(Problem.NOT_FOUND, () -> callers.update(changed));
        assertRefused(Problem.NOT_FOUND, () -> callers.putPasswordHash("ann", "hash"));
    }

    @Test
    void the_last_administrator_is_kept_whatever_is_asked() {
        assertRefused(Problem.LIMIT_REACHED, () -> callers.deleteUser("admin"));
        assertRefused(Problem.LIMIT_REACHED, () -> callers.update(ADMIN.enabled(false)));
        assertRefused(Problem.LIMIT_REACHED, () -> callers.update(ADMIN.with(Rights.of(Role.OPERATOR))));
        assertThat(callers.findUser("admin")).contains(ADMIN);

        callers.update(ANN.with(Rights.ALL));
        callers.deleteUser("admin");
        assertThat(callers.listUsers()).extracting(User::name).containsExactly("ann");
    }

    @Test
    void a_token_is_known_until_it_expires() {
        BearerToken token = new BearerToken("digest", "name", SOME, NOW.plusSeconds(10));
        callers.insertToken(token);

        assertThat(callers.findToken("digest", NOW)).contains(token);
        assertThat(callers.findToken("digest", NOW.plusSeconds(10))).isEmpty();
        assertThat(callers.findToken("other", NOW)).isEmpty();
    }

    @Test
    void a_new_password_ends_the_tokens_of_its_user_and_no_others() {
        BearerToken anns = new BearerToken("1", "ann", null, NOW.plusSeconds(10));
        BearerToken admins = new BearerToken("2", "admin", null, NOW.plusSeconds(10));
        BearerToken named = new BearerToken("3", "ann", SOME, NOW.plusSeconds(10));
        callers.insertToken(anns);
        callers.insertToken(admins);
        callers.insertToken(named);
        assertThat(callers.findToken("1", NOW)).contains(anns);

        callers.putPasswordHash("ann", "new");

        assertThat(callers.findPasswordHash("ann")).contains("new");
        assertThat(callers.findToken("1", NOW)).isEmpty();
        assertThat(callers.findToken("2", NOW)).contains(admins);
        assertThat(callers.findToken("3", NOW)).contains(named);
    }

    @Test
    void named_tokens_are_listed_and_ended_by_name() {
        BearerToken first = new BearerToken("1", "ci", SOME, NOW.plusSeconds(10));
        BearerToken second = new BearerToken("2", "ci", Rights.ALL, NOW.plusSeconds(20));
        callers.insertToken(second);
        callers.insertToken(first);
        callers.insertToken(new BearerToken("3", "admin", null, NOW.plusSeconds(10)));

        assertThat(callers.listNamedTokens(NOW)).containsExactly(first, second);
        assertThat(callers.listNamedTokens(NOW.plusSeconds(10))).containsExactly(second);

        callers.deleteNamedTokens("ci");
        assertThat(callers.listNamedTokens(NOW)).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> callers.deleteNamedTokens("admin"));
    }
}
