package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.audit.AuditedCalls.Attempt;
import io.berth.core.audit.AuditedCalls.Task;
import io.berth.core.caller.Area;
import io.berth.core.caller.BearerToken;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.login.CallPeer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bearer tokens: of users, for their password, and of others, by an administrator.
public final class TokenRoutes implements NativeApi.Group {
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(12);
    private static final Duration MAX_LIFETIME = Duration.ofDays(366);
    private static final Task NAMED = new Task("POST /tokens", Role.ADMINISTRATOR, Area.CALLERS, true);

    private final Callers callers;
    private final AuditedCalls audited;
    private final PasswordLogins logins;
    private final InstantSource clock;

    public TokenRoutes(Callers callers, AuditedCalls audited, PasswordLogins logins, InstantSource clock) {
        this.callers = callers;
        this.audited = audited;
        this.logins = logins;
        this.clock = clock;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.create(
                        "/tokens",
                        Demand.NONE,
                        "Makes a bearer token, for a user and password or for an administrator",
                        NewToken.class,
                        Token.class,
                        this::create),
                Route.get(
                        "/tokens",
                        Demand.administer(Area.CALLERS),
                        "Lists tokens that administrators made",
                        Nothing.class,
                        TokenList.class,
                        _ -> new TokenList(callers.namedTokens().stream()
                                .map(ShownToken::of)
                                .toList())),
                Route.delete(
                        "/tokens/{name}",
                        Demand.administer(Area.CALLERS),
                        "Ends the tokens of a name that administrators made",
                        Nothing.class,
                        call -> callers.deleteNamedTokens(call.path("name"))));
    }

    /// Either user and password, or the name of a token that an administrator makes for someone else.
    ///
    /// @param lifetime for example `90s`, `15m`, `12h`, `30d`
    /// @param role of a named token, operator unless told otherwise
    public record NewToken(
            @Nullable String user,
            @Nullable String password,
            @Nullable String name,
            @Nullable String lifetime,
            @Nullable Role role,
            @Nullable List<String> spaces,
            @Nullable List<Area> areas) {
        private boolean isOfUser() {
            return user != null && password != null && name == null && role == null && spaces == null && areas == null;
        }

        private boolean isNamed() {
            return name != null && user == null && password == null;
        }

        private Rights rights() {
            return new RightsForm(Objects.requireNonNullElse(role, Role.OPERATOR), spaces, areas).rights();
        }
    }

    public record Token(String token, Instant expires) {}

    public record ShownToken(String name, Role role, List<String> spaces, List<Area> areas, Instant expires) {
        private static ShownToken of(BearerToken token) {
            Rights rights = Objects.requireNonNull(token.rights());
            return new ShownToken(
                    token.name(), rights.role(), RightsForm.spaces(rights), RightsForm.areas(rights), token.expires());
        }
    }

    public record TokenList(List<ShownToken> items) {}

    private Token create(Call<NewToken> call) throws InterruptedException {
        NewToken wanted = call.input();
        Duration lifetime = wanted.lifetime() == null ? DEFAULT_LIFETIME : Lifetime.parse(wanted.lifetime());
        require(lifetime.isPositive() && lifetime.compareTo(MAX_LIFETIME) <= 0, "\"lifetime\" must be at most 366d");
        Instant expires = clock.instant().plus(lifetime);
        String peer = call.exchange().peer();
        if (wanted.isOfUser()) {
            String user = Objects.requireNonNull(wanted.user());
            String password = Objects.requireNonNull(wanted.password());
            PasswordLogins.Attempt attempt = new PasswordLogins.Attempt(
                    NativeApi.NAME, new CallPeer(peer, call.exchange().isEncrypted()), user, password);
            return new Token(logins.login(attempt, lifetime).reveal(), expires);
        }
        require(
                wanted.isNamed(),
                "give either \"user\" and \"password\", or a token of an administrator and a \"name\"");
        String name = Objects.requireNonNull(wanted.name());
        Caller caller = call.caller()
                .orElseThrow(() -> new ProblemException(
                        Problem.UNAUTHENTICATED, "send the token of an administrator, or user and password"));
        return audited.run(
                new Attempt(caller, peer, NativeApi.NAME, NAMED, name),
                () -> new Token(
                        callers.createToken(name, wanted.rights(), lifetime).reveal(), expires));
    }
}
