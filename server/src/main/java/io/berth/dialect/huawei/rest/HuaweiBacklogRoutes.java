package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.Policies;
import io.berth.core.rule.Rules;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of data forwarding may wait (spec huawei-iotda 8). These policies are over all resource spaces.
final class HuaweiBacklogRoutes {
    private static final int MAX_BYTES = 1_073_741_823;
    private static final int MAX_SECONDS = 86_399;

    private final Policies policies;
    private final Rules rules;

    HuaweiBacklogRoutes(RestServices services) {
        this.policies = services.forwarding().policies();
        this.rules = services.forwarding().rules();
    }

    /// @param backlogSize bytes
    /// @param backlogTime seconds
    record NewPolicy(
            @Nullable String policyName,
            @Nullable String description,
            @Nullable Integer backlogSize,
            @Nullable Integer backlogTime) {}

    record PolicyOnly(String policyId) {}

    /// What is not given stays.
    record ChangedPolicy(
            String policyId,
            @Nullable String policyName,
            @Nullable String description,
            @Nullable Integer backlogSize,
            @Nullable Integer backlogTime) {}

    record Wanted(
            @Nullable String policyName,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    record Shown(
            String policyId, String policyName, @Nullable String description, long backlogSize, long backlogTime) {}

    record ShownList(List<Shown> backlogPolicies, long count, String marker) {}

    Shown create(RestCall<NewPolicy> call) {
        call.sight().demandAllSpaces();
        NewPolicy wanted = call.input();
        String id = rules.nextId();
        return shown(policies.create(new BacklogPolicy(
                id,
                Objects.requireNonNullElse(wanted.policyName(), "backlog-" + id),
                Objects.requireNonNullElse(wanted.description(), ""),
                size(Objects.requireNonNullElse(wanted.backlogSize(), MAX_BYTES)),
                time(Objects.requireNonNullElse(wanted.backlogTime(), MAX_SECONDS)))));
    }

    ShownList list(RestCall<Wanted> call) {
        call.sight().demandAllSpaces();
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<BacklogPolicy> all = policies.backlogs().stream()
                .filter(policy -> wanted.policyName() == null || policy.name().contains(wanted.policyName()))
                .toList();
        var part = paging.of(all, BacklogPolicy::id, HuaweiBacklogRoutes::shown);
        return new ShownList(part.items(), part.page().count(), part.page().marker());
    }

    Shown show(RestCall<PolicyOnly> call) {
        call.sight().demandAllSpaces();
        return shown(policies.backlog(call.input().policyId()));
    }

    Shown update(RestCall<ChangedPolicy> call) {
        call.sight().demandAllSpaces();
        ChangedPolicy wanted = call.input();
        return shown(policies.changeBacklog(
                wanted.policyId(),
                now -> new BacklogPolicy(
                        now.id(),
                        Objects.requireNonNullElse(wanted.policyName(), now.name()),
                        Objects.requireNonNullElse(wanted.description(), now.description()),
                        wanted.backlogSize() == null ? now.maxOctets() : size(wanted.backlogSize()),
                        wanted.backlogTime() == null ? now.maxAge() : time(wanted.backlogTime()))));
    }

    @Nullable
    Void delete(RestCall<PolicyOnly> call) {
        call.sight().demandAllSpaces();
        policies.deleteBacklog(call.input().policyId());
        return null;
    }

    private static long size(int bytes) {
        require(bytes >= 0 && bytes <= MAX_BYTES, "\"backlog_size\" must be 0 to " + MAX_BYTES);
        return bytes;
    }

    private static Duration time(int seconds) {
        require(seconds >= 0 && seconds <= MAX_SECONDS, "\"backlog_time\" must be 0 to " + MAX_SECONDS);
        return Duration.ofSeconds(seconds);
    }

    private static Shown shown(BacklogPolicy policy) {
        return new Shown(
                policy.id(),
                policy.name(),
                policy.description().isEmpty() ? null : policy.description(),
                policy.maxOctets(),
                policy.maxAge().toSeconds());
    }
}
