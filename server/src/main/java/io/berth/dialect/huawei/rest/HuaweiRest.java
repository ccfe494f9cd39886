package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NOT_BUILT;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.OTHER_PROJECT;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.audit.AuditedCalls.Attempt;
import io.berth.core.audit.MadeName;
import io.berth.core.caller.Caller;
import io.berth.dialect.AppAnswer;
import io.berth.dialect.AppDialect;
import io.berth.dialect.AppRequest;
import io.berth.dialect.huawei.device.HuaweiProblems;
import io.berth.dialect.huawei.rest.Catalogue.Found;
import io.berth.dialect.huawei.rest.Operation.Handler;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Huawei's REST interface for applications, and as much of its identity service as the SDKs ask for.
public final class HuaweiRest implements AppDialect {
    static final String NAME = "huawei";

    private static final String ROOT = "/v5/iot/";

    /// What a form has beside its file.
    private static final int FORM_BYTES = 64 * 1024;

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");

    /// What made things are called in answers; an `appId` is also that of the space they are in.
    private static final List<String> MADE = List.of(
            "deviceId",
            "productId",
            "groupId",
            "queueId",
            "actionId",
            "ruleId",
            "policyId",
            "taskId",
            "fileId",
            "appId");

    private final Rules rules;
    private final Catalogue catalogue;
    private final Entrance entrance;
    private final Iam iam;
    private final AuditedCalls calls;
    private final RestServices services;

    /// @param projectId stands in every path
    /// @param domain the account that users and project belong to
    /// @param clockTolerance how far the date of a signature may be from now
    /// @param tokenLifetime of tokens made for users
    /// @param answerTimeout how long a call waits for what a device says
    public record Rules(
            String projectId,
            String domain,
            Duration clockTolerance,
            Duration tokenLifetime,
            int maxBodyBytes,
            Duration answerTimeout) {
        private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        public static final Rules DEFAULT = new Rules(
                "0".repeat(31) + "1",
                "berth",
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                1 << 20,
                Duration.ofSeconds(20)); // spec huawei-iotda 3.3

        public Rules {
            require(WORD.matcher(projectId).matches(), "project-id has 1 to 64 of A-Z a-z 0-9 _ -");
            require(WORD.matcher(domain).matches(), "domain has 1 to 64 of A-Z a-z 0-9 _ -");
            require(clockTolerance.isPositive(), "clock-tolerance must be positive");
            require(tokenLifetime.isPositive(), "token-lifetime must be positive");
            require(maxBodyBytes >= 1024, "max-body-bytes must be at least 1 KiB");
            require(answerTimeout.toSeconds() >= 1 && answerTimeout.toSeconds() <= 60, "answer-timeout is 1 s to 60 s");
        }
    }

    public HuaweiRest(RestServices services, Rules rules) {
        this.rules = rules;
        this.services = services;
        this.calls = services.audited();
        this.catalogue = new Catalogue(services, rules.answerTimeout());
        this.entrance = new Entrance(services.callers(), services.doors(), rules.clockTolerance(), services.clock());
        this.iam = new Iam(services.doors().passwords(), entrance, rules, services.clock());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<AppPath> paths() {
        return Stream.concat(METHODS.stream().map(method -> new AppPath(method, ROOT + "<rest>")), Iam.PATHS.stream())
                .toList();
    }

    @Override
    public AppAnswer answer(AppRequest request) throws InterruptedException {
        RestAnswer answer;
        try {
            answer = request.path().startsWith(ROOT) ? serve(request) : iam.answer(request);
        } catch (RestException e) {
            answer = RestAnswer.refused(e.fault().status(), e.fault().code(), e.detail());
        } catch (ProblemException e) {
            answer = RestAnswer.refused(
                    HuaweiProblems.status(e.problem()),
                    HuaweiProblems.code(e.problem()),
                    HuaweiProblems.message(e.problem(), e.detail()));
        }
        // the SDKs show it with every failure
        return answer.with("X-Request-Id", requestId()).end();
    }

    @Override
    public AppAnswer fault(AppRequest request) {
        return RestAnswer.refused(500, HuaweiProblems.code(Problem.INTERNAL), "The server has an internal fault.")
                .with("X-Request-Id", requestId())
                .end();
    }

    private RestAnswer serve(AppRequest request) throws InterruptedException {
        List<String> segments = List.of(request.path().substring(ROOT.length()).split("/", -1));
        Found<?> found = catalogue.find(request.method(), segments.subList(1, segments.size()));
        Payload body = request.body(mostBytes(found.operation()));
        Caller caller = entrance.admit(request, body);
        if (!segments.getFirst().equals(rules.projectId())) {
            throw new RestException(
                    OTHER_PROJECT, "there is no project \"" + segments.getFirst() + "\" for the caller");
        }
        return act(found, caller, new InputReader(request, body));
    }

    private int mostBytes(Operation<?> operation) {
        return operation.readsForm() ? services.batchFiles().limits().maxBytes() + FORM_BYTES : rules.maxBodyBytes();
    }

    private <I extends Record> RestAnswer act(Found<I> found, Caller caller, InputReader reader)
            throws InterruptedException {
        Operation<I> operation = found.operation();
        Handler<I> handler = operation.handler();
        if (handler == null) {
            throw new RestException(NOT_BUILT, operation.name() + " is not supported by this release of Berth");
        }
        String target = String.join("/", found.members().values());
        Attempt attempt = new Attempt(caller, reader.request().peer(), NAME, operation.task(), target);
        Sight sight = Sight.of(caller.rights(), services);
        Optional<Object> answer = calls.<Optional<Object>, InterruptedException>run(
                attempt,
                () -> Optional.ofNullable(
                        handler.answer(new RestCall<>(caller, sight, reader.read(operation, found.members())))),
                made -> target.isEmpty() ? made.map(HuaweiRest::made).orElse("") : target);
        return RestAnswer.of(operation.status(), answer.orElse(null));
    }

    private static String made(Object answer) {
        return answer instanceof Record ? MadeName.of(answer, MADE) : "";
    }

    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
