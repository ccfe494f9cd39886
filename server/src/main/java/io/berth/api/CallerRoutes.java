package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeyStore.Used;
import io.berth.core.caller.AccessKeys.Wanted;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginGuard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Credentials of callers: bearer tokens and access keys.
public final class CallerRoutes implements NativeApi.Group {
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(12);
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);
    private static final int PASSWORD_CHECKS_AT_ONCE = 2;

    private final Callers callers;
    private final LoginGuard guard;
    private final InstantSource clock;

    /// A password check is made to be slow; more of them at once would let guessers take the machine.
    private final Semaphore passwordChecks = new Semaphore(PASSWORD_CHECKS_AT_ONCE, true);

    public CallerRoutes(Callers callers, LoginGuard guard, InstantSource clock) {
        this.callers = callers;
        this.guard = guard;
        this.clock = clock;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.create(
                        "/tokens",
                        Right.NONE,
                        "Makes a bearer token, for a user and password or for an administrator",
                        NewToken.class,
                        Token.class,
                        this::createToken),
                Route.get(
                        "/accesskeys",
                        Right.ADMINISTRATOR,
                        "Lists access keys",
                        Nothing.class,
                        AccessKeyList.class,
                        this::list),
                Route.create(
                        "/accesskeys",
                        Right.ADMINISTRATOR,
                        "Creates an access key",
                        NewAccessKey.class,
                        ShownAccessKey.class,
                        this::create),
                Route.delete(
                        "/accesskeys/{id}",
                        Right.ADMINISTRATOR,
                        "Deletes an access key",
                        Nothing.class,
                        call -> callers.accessKeys().delete(call.path("id"))));
    }

    /// Either user and password, or the name of a token that an administrator makes for someone else.
    ///
    /// @param lifetime for example `90s`, `15m`, `12h`, `30d`
    public record NewToken(
            @Nullable String user,
            @Nullable String password,
            @Nullable String name,
            @Nullable String lifetime) {}

    public record Token(String token, Instant expires) {}

    public record NewAccessKey(
            @Nullable String id, @Nullable String secret) {}

    /// @param secret shown once, by the call that creates the key
    public record ShownAccessKey(String id, @Nullable String secret, Instant created) {}

    public record AccessKeyList(List<ShownAccessKey> items) {}

    private Token createToken(Call<NewToken> call) throws InterruptedException {
        NewToken wanted = call.input();
        Duration lifetime = wanted.lifetime() == null ? DEFAULT_LIFETIME : Lifetime.parse(wanted.lifetime());
        require(lifetime.isPositive() && lifetime.compareTo(MAX_LIFETIME) <= 0, "\"lifetime\" must be at most 366d");
        Instant expires = clock.instant().plus(lifetime);
        if (wanted.user() != null && wanted.password() != null && wanted.name() == null) {
            Secret token = login(call.exchange().peer(), wanted.user(), wanted.password(), lifetime);
            return new Token(token.reveal(), expires);
        }
        if (wanted.name() != null && wanted.user() == null && wanted.password() == null) {
            demandAdministrator(call.caller());
            String name = tokenName(wanted.name());
            return new Token(
                    callers.createToken(name, Rights.of(Role.OPERATOR), lifetime)
                            .reveal(),
                    expires);
        }
        throw new ProblemException(
                Problem.INVALID_ARGUMENT,
                "give either \"user\" and \"password\", or a token of an administrator and a \"name\"");
    }

    private static String tokenName(String name) {
        require(name.matches("[\\w.@ -]{1,64}"), "\"name\" has 1 to 64 letters, digits, blanks and . @ _ -");
        // the holder of a token with the administrator's name would be the administrator
        require(!name.equals(Callers.ADMINISTRATOR), "\"name\" must not be that of the administrator");
        return name;
    }

    private Secret login(String peer, String user, String password, Duration lifetime) throws InterruptedException {
        String address = "web:" + peer;
        passwordChecks.acquire();
        try {
            if (guard.blocks(address)) {
                throw new ProblemException(Problem.OVERLOADED, "too many wrong passwords from here; try again later");
            }
            Secret token = callers.login(user, secret(password), lifetime);
            guard.succeeded(address);
            return token;
        } catch (ProblemException e) {
            if (e.problem() == Problem.UNAUTHENTICATED) {
                guard.failed(address);
            }
            throw e;
        } finally {
            passwordChecks.release();
        }
    }

    private static Secret secret(String password) {
        try {
            return new Secret(password);
        } catch (ProblemException e) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "wrong user or password", e);
        }
    }

    private static void demandAdministrator(Optional<Caller> caller) {
        Gate.demand(
                caller.orElseThrow(() -> new ProblemException(
                        Problem.UNAUTHENTICATED, "send the token of an administrator, or user and password")),
                Right.ADMINISTRATOR);
    }

    private AccessKeyList list(Call<Nothing> call) {
        return new AccessKeyList(callers.accessKeys().list().stream()
                .map(Used::key)
                .map(key -> new ShownAccessKey(key.id(), null, key.created()))
                .toList());
    }

    private ShownAccessKey create(Call<NewAccessKey> call) {
        String secret = call.input().secret();
        AccessKey key = callers.accessKeys()
                .create(new Wanted(call.input().id(), secret != null ? new Secret(secret) : null, "", Rights.ALL));
        return new ShownAccessKey(key.id(), key.secret().reveal(), key.created());
    }
}
