package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Rights;
import io.berth.core.scene.Scene;
import io.berth.core.scene.Scenes;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.rest.LinkageForm.ConditionGroup;
import io.berth.dialect.huawei.rest.LinkageForm.RuleAction;
import io.berth.json.ValueJson;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Linkage rules (spec huawei-iotda 7.8): scenes that are called by their ids and keep what they were made
/// of. Scenes of another making do not exist here.
final class HuaweiLinkageRoutes {
    private static final String KIND = "DEVICE_LINKAGE";
    private static final String ACTIVE = "active";
    private static final String INACTIVE = "inactive";

    /// Where a scene keeps what it was made of.
    private static final String GIVEN = "given";

    private static final int MAX_NAME = 128;
    private static final int MAX_SHOWN_NAME = 256;

    private final Scenes scenes;
    private final InstantSource clock;

    HuaweiLinkageRoutes(RestServices services) {
        this.scenes = services.forwarding().scenes();
        this.clock = services.clock();
    }

    record NewRule(
            String name,
            @Nullable String description,
            ConditionGroup conditionGroup,
            List<RuleAction> actions,
            String ruleType,
            @Nullable String status,
            @Nullable String appId) {}

    /// What is null stays.
    record ChangedRule(
            String ruleId,
            @Nullable String name,
            @Nullable String description,
            @Nullable ConditionGroup conditionGroup,
            @Nullable List<RuleAction> actions,
            @Nullable String ruleType,
            @Nullable String status) {}

    record Wanted(
            @Nullable String appId,
            @Nullable String ruleType,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    record RuleOnly(String ruleId) {}

    record NewStatus(String ruleId, String status) {}

    record Status(String status) {}

    record Shown(
            String ruleId,
            String name,
            @Nullable String description,
            ConditionGroup conditionGroup,
            List<RuleAction> actions,
            String ruleType,
            String status,
            String appId,
            List<String> edgeNodeIds,
            String lastUpdateTime) {}

    record ShownList(List<Shown> rules, long count, String marker) {}

    /// @param form what it was made of
    private record Linkage(Scene scene, LinkageForm form) {
        /// Empty for a scene of another making.
        static Optional<Linkage> of(Scene scene) {
            if (!(scene.plan().get(GIVEN) instanceof Value.Fields given)) {
                return Optional.empty();
            }
            try {
                LinkageForm form =
                        RestJson.bind(RestJson.object(Payload.of(ValueJson.write(given))), LinkageForm.class);
                Shape.demandWhole(form, "");
                return Optional.of(new Linkage(scene, form));
            } catch (JacksonException | ProblemException _) {
                return Optional.empty(); // somebody wrote something of that name himself
            }
        }

        Shown shown() {
            return new Shown(
                    scene.name(),
                    form.name(),
                    form.description(),
                    form.conditionGroup(),
                    form.actions(),
                    KIND,
                    scene.enabled() ? ACTIVE : INACTIVE,
                    form.appId(),
                    List.of(),
                    HuaweiStamp.seconds(scene.changed()));
        }
    }

    Shown create(RestCall<NewRule> call) {
        NewRule wanted = call.input();
        demandKind(wanted.ruleType());
        LinkageForm form = new LinkageForm(
                call.sight().space(wanted.appId()).id(),
                wanted.name(),
                wanted.description(),
                wanted.conditionGroup(),
                wanted.actions());
        String id = Paging.marker(
                clock.instant(), Long.toString(ThreadLocalRandom.current().nextLong()));
        return shown(scenes.create(draft(id, form, isActive(wanted.status(), true), call.sight())));
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<Linkage> all = seen(call.sight().rights())
                .filter(rule -> wanted.appId() == null
                        || wanted.appId().equals(rule.form().appId()))
                .filter(_ -> wanted.ruleType() == null || wanted.ruleType().equals(KIND))
                .toList();
        var part = paging.of(all, rule -> rule.scene().name(), Linkage::shown);
        return new ShownList(part.items(), part.page().count(), part.page().marker());
    }

    Shown show(RestCall<RuleOnly> call) {
        return get(call, call.input().ruleId()).shown();
    }

    Shown update(RestCall<ChangedRule> call) {
        ChangedRule wanted = call.input();
        Linkage rule = get(call, wanted.ruleId());
        LinkageForm now = rule.form();
        demandKind(Objects.requireNonNullElse(wanted.ruleType(), KIND));
        LinkageForm form = new LinkageForm(
                now.appId(),
                Objects.requireNonNullElse(wanted.name(), now.name()),
                wanted.description() == null ? now.description() : wanted.description(),
                Objects.requireNonNullElse(wanted.conditionGroup(), now.conditionGroup()),
                Objects.requireNonNullElse(wanted.actions(), now.actions()));
        boolean active = isActive(wanted.status(), rule.scene().enabled());
        return shown(scenes.replace(draft(rule.scene().name(), form, active, call.sight())));
    }

    @Nullable
    Void delete(RestCall<RuleOnly> call) {
        scenes.delete(get(call, call.input().ruleId()).scene().name());
        return null;
    }

    Status change(RestCall<NewStatus> call) {
        Linkage rule = get(call, call.input().ruleId());
        scenes.enable(rule.scene().name(), isActive(call.input().status(), true));
        return new Status(call.input().status());
    }

    private static Scenes.Draft draft(String id, LinkageForm form, boolean active, Sight sight) {
        require(
                !form.name().isBlank() && form.name().length() <= MAX_NAME,
                "\"name\" must have 1 to " + MAX_NAME + " characters");
        SequencedMap<String, Value> plan =
                new LinkedHashMap<>(LinkagePlan.of(form, sight).fields());
        plan.put(GIVEN, RestJson.value(form));
        String description = form.description() == null ? form.name() : form.name() + ": " + form.description();
        return new Scenes.Draft(
                id,
                description.substring(0, Math.min(MAX_SHOWN_NAME, description.length())),
                active,
                new Value.Fields(plan));
    }

    private Linkage get(RestCall<?> call, String id) {
        return seen(call.sight().rights())
                .filter(rule -> rule.scene().name().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no rule \"" + id + "\""));
    }

    private Stream<Linkage> seen(Rights rights) {
        return scenes.list().stream()
                .map(Linkage::of)
                .flatMap(Optional::stream)
                .filter(rule -> rights.reach(rule.form().appId()));
    }

    private static Shown shown(Scene scene) {
        return Linkage.of(scene).orElseThrow().shown();
    }

    private static void demandKind(String type) {
        if (type.equals("DEVICE_SIDE")) {
            throw new ProblemException(Problem.UNSUPPORTED, "rules that devices work on are not supported");
        }
        require(type.equals(KIND), "\"rule_type\" must be " + KIND + " or DEVICE_SIDE");
    }

    private static boolean isActive(@Nullable String status, boolean otherwise) {
        require(
                status == null || status.equals(ACTIVE) || status.equals(INACTIVE),
                "\"status\" must be " + ACTIVE + " or " + INACTIVE);
        return status == null ? otherwise : status.equals(ACTIVE);
    }
}
