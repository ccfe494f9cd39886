package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.MALFORMED;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NO_SUCH_PATH;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.PasswordLogins;
import io.berth.core.caller.PasswordLogins.Attempt;
import io.berth.core.credential.Secret;
import io.berth.core.login.CallPeer;
import io.berth.dialect.AppDialect.AppPath;
import io.berth.dialect.AppRequest;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiProblems;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// As much of the vendor's identity service as its SDKs ask for (spec huawei-iotda 6.3): tokens for users, and
/// which project there is.
final class Iam {
    private static final String TOKENS = "/v3/auth/tokens";
    private static final String PROJECTS = "/v3/projects";
    private static final String DOMAINS = "/v3/auth/domains";

    static final List<AppPath> PATHS =
            List.of(new AppPath("POST", TOKENS), new AppPath("GET", PROJECTS), new AppPath("GET", DOMAINS));

    private final PasswordLogins logins;
    private final Entrance entrance;
    private final HuaweiRest.Rules rules;
    private final InstantSource clock;

    Iam(PasswordLogins logins, Entrance entrance, HuaweiRest.Rules rules, InstantSource clock) {
        this.logins = logins;
        this.entrance = entrance;
        this.rules = rules;
        this.clock = clock;
    }

    record Request(Auth auth) {}

    /// @param scope null for whatever the user has
    record Auth(Identity identity, @Nullable Scope scope) {}

    record Identity(List<String> methods, @Nullable Password password) {}

    record Password(User user) {}

    record User(String name, String password, Named domain) {}

    record Scope(@Nullable Named project, @Nullable Named domain) {}

    record Named(@Nullable String id, @Nullable String name) {}

    record Token(TokenFacts token) {}

    record TokenFacts(
            String expiresAt,
            String issuedAt,
            List<String> methods,
            Project project,
            TokenUser user,
            List<Named> roles,
            List<Named> catalog) {}

    record Project(
            String id,
            String name,
            @Nullable Named domain,
            @Nullable Boolean enabled) {}

    record TokenUser(String id, String name, Named domain) {}

    record Projects(List<Project> projects) {}

    record Domains(List<Named> domains) {}

    /// The identity service refuses in another form than the rest of the vendor's services.
    record Refusal(Fault error) {
        record Fault(int code, String message, String title) {}
    }

    RestAnswer answer(AppRequest request) throws InterruptedException {
        try {
            Payload body = request.body(rules.maxBodyBytes());
            if (request.path().equals(TOKENS)) {
                return token(request.from(), read(body));
            }
            entrance.admit(request, body);
            return switch (request.path()) {
                case PROJECTS -> RestAnswer.of(200, new Projects(List.of(project(request))));
                case DOMAINS -> RestAnswer.of(200, new Domains(List.of(domain())));
                default -> refused(NO_SUCH_PATH.status(), "not found");
            };
        } catch (RestException e) {
            return refused(e.fault().status(), e.detail());
        } catch (ProblemException e) {
            return refused(HuaweiProblems.status(e.problem()), e.detail());
        }
    }

    private static Auth read(Payload body) {
        try {
            Request request = RestJson.bind(RestJson.object(body), Request.class);
            Shape.demandWhole(request, "");
            return request.auth();
        } catch (JacksonException e) {
            throw new RestException(MALFORMED, "the body is not the JSON of a request for a token");
        }
    }

    private RestAnswer token(CallPeer from, Auth auth) throws InterruptedException {
        Password password = auth.identity().password();
        if (password == null || !auth.identity().methods().equals(List.of("password"))) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "the only method is \"password\"");
        }
        User user = password.user();
        Named project = auth.scope() == null ? null : auth.scope().project();
        if (!rules.domain().equals(user.domain().name())
                || (project != null
                        && !Objects.requireNonNullElse(project.id(), rules.projectId())
                                .equals(rules.projectId()))) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "The username or password is wrong.");
        }
        Instant issued = clock.instant();
        Secret token =
                logins.login(new Attempt(HuaweiRest.NAME, from, user.name(), user.password()), rules.tokenLifetime());
        return RestAnswer.of(201, new Token(facts(user, project, issued))).with("X-Subject-Token", token.reveal());
    }

    private TokenFacts facts(User user, @Nullable Named project, Instant issued) {
        String name = project == null || project.name() == null ? rules.domain() : project.name();
        return new TokenFacts(
                HuaweiStamp.micros(issued.plus(rules.tokenLifetime())),
                HuaweiStamp.micros(issued),
                List.of("password"),
                new Project(rules.projectId(), name, domain(), null),
                new TokenUser(id(user.name()), user.name(), domain()),
                List.of(),
                List.of());
    }

    /// There is one project, by whatever region it is asked for.
    private Project project(AppRequest request) {
        List<String> asked = QueryText.parse(request.query()).values().getOrDefault("name", List.of(rules.domain()));
        return new Project(rules.projectId(), asked.getFirst(), null, true);
    }

    private Named domain() {
        return new Named(id(rules.domain()), rules.domain());
    }

    /// 32 hexadecimal digits, the same for the same name.
    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static RestAnswer refused(int status, String detail) {
        String title = switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 413 -> "Request Entity Too Large";
            case 429 -> "Too Many Requests";
            default -> "Internal Server Error";
        };
        return RestAnswer.of(status, new Refusal(new Refusal.Fault(status, detail, title)));
    }
}
