package io.berth.dialect.huawei.rest;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchReach;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.product.Products;
import io.berth.dialect.huawei.TaskType;
import io.berth.dialect.huawei.device.HuaweiProblems;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Batch tasks (spec huawei-iotda 7.10).
final class HuaweiBatchRoutes {
    private final Batches batches;
    private final Products products;
    private final TaskTargets targets;

    HuaweiBatchRoutes(RestServices services) {
        this.batches = services.batches();
        this.products = services.products();
        this.targets = new TaskTargets(services);
    }

    record NewTask(
            @Nullable String appId,
            String taskName,
            String taskType,
            @Nullable List<String> targets,
            @Nullable TargetsFilter targetsFilter,
            Value.@Nullable Fields document,
            TaskWords.@Nullable TaskPolicy taskPolicy,
            @Nullable String documentSource) {}

    record TargetsFilter(@Nullable List<String> groupIds) {}

    record TaskOnly(String taskId) {}

    record SomeTargets(String taskId, @Nullable List<String> targets) {}

    record WantedTasks(
            @Nullable String appId,
            @Nullable String taskType,
            @Nullable String status,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    record WantedTask(
            String taskId,
            @Nullable String taskDetailStatus,
            @Nullable String target,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    record TaskList(List<TaskWords.Task> batchtasks, Paging.Shown page) {}

    record TaskWithDetails(TaskWords.Task batchtask, List<TaskWords.Detail> taskDetails, Paging.Shown page) {}

    record Result(
            String target,
            String status,
            @Nullable String errorCode,
            @Nullable String errorMsg) {}

    record Results(List<Result> targets) {}

    TaskWords.Task create(RestCall<NewTask> call) {
        NewTask wanted = call.input();
        TaskType type = TaskType.of(wanted.taskType());
        Scope scope = batches.of(call.caller().rights()).scope(type.kind(), wanted.appId());
        Value.Fields document = type.read(Objects.requireNonNullElse(wanted.document(), Value.Fields.NONE));
        return TaskWords.shown(batches.create(new Batches.Draft(
                type.kind(),
                wanted.taskName(),
                scope,
                document,
                TaskWords.policy(wanted.taskPolicy()),
                targets.of(call, scope, type.kind(), document))));
    }

    TaskList list(RestCall<WantedTasks> call) {
        WantedTasks wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        Filter filter = new Filter(
                null,
                wanted.taskType() == null
                        ? kinds()
                        : Set.of(TaskType.of(wanted.taskType()).kind()),
                wanted.status() == null ? Set.of() : Set.of(TaskWords.state(wanted.status())),
                wanted.appId() == null ? Set.of() : Set.of(wanted.appId()));
        BatchReach reach = batches.of(call.caller().rights());
        List<Batch> page = reach.list(filter, request(paging)).items().stream()
                .skip(paging.offset())
                .toList();
        return new TaskList(
                page.stream().map(TaskWords::shown).toList(),
                paging.shown(
                        reach.count(filter),
                        page.isEmpty() ? null : page.getLast().id().hex()));
    }

    TaskWithDetails show(RestCall<WantedTask> call) {
        WantedTask wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        Batch batch = task(call, wanted.taskId());
        TargetNames names = names(batch);
        TargetFilter filter = new TargetFilter(
                wanted.taskDetailStatus() == null ? Set.of() : Set.of(TaskWords.targetState(wanted.taskDetailStatus())),
                wanted.target() == null ? null : names.meant(wanted.target()));
        String after = paging.marker().equals(Paging.NEWEST) ? null : place(paging.marker());
        List<Target> page =
                batches
                        .targets(batch.id(), filter, new Page.Request(after, paging.limit() + paging.offset()))
                        .items()
                        .stream()
                        .skip(paging.offset())
                        .toList();
        return new TaskWithDetails(
                TaskWords.shown(batch),
                page.stream().map(target -> TaskWords.detail(target, names)).toList(),
                paging.shown(
                        filter.equals(TargetFilter.ALL)
                                ? batch.progress().total()
                                : batches.countTargets(batch.id(), filter),
                        page.isEmpty() ? null : new BatchId(page.getLast().place()).hex()));
    }

    Results retry(RestCall<SomeTargets> call) {
        Batch batch = changed(call);
        List<String> wanted = Objects.requireNonNullElse(call.input().targets(), List.of());
        TargetNames names = names(batch);
        List<Target> retried =
                batches.retry(batch.id(), wanted.stream().map(names::meant).toList());
        return results(wanted, retried.stream().map(names::shown).toList(), "was not retried: it did not fail");
    }

    Results stop(RestCall<SomeTargets> call) {
        Batch batch = changed(call);
        List<String> wanted = Objects.requireNonNullElse(call.input().targets(), List.of());
        if (wanted.isEmpty()) {
            batches.stop(batch.id());
            return new Results(List.of());
        }
        TargetNames names = names(batch);
        List<Target> stopped =
                batches.stop(batch.id(), wanted.stream().map(names::meant).toList());
        return results(wanted, stopped.stream().map(names::shown).toList(), "was not stopped: it was begun already");
    }

    @Nullable
    Void delete(RestCall<TaskOnly> call) {
        batches.delete(batches.of(call.caller().rights())
                .change(BatchId.of(call.input().taskId()))
                .id());
        return null;
    }

    private Batch changed(RestCall<SomeTargets> call) {
        return batches.of(call.caller().rights()).change(BatchId.of(call.input().taskId()));
    }

    private Batch task(RestCall<?> call, String taskId) {
        Batch batch = batches.of(call.caller().rights()).get(BatchId.of(taskId));
        if (TaskType.of(batch).isEmpty()) {
            throw BatchId.notFound(taskId);
        }
        return batch;
    }

    private static Set<Kind> kinds() {
        return Stream.of(TaskType.values()).map(TaskType::kind).collect(Collectors.toSet());
    }

    private static Page.Request request(Paging paging) {
        String marker = paging.marker();
        boolean newest = marker.compareTo("0".repeat(8) + "7" + "f".repeat(15)) >= 0;
        return new Page.Request(newest ? null : place(marker), paging.limit() + paging.offset());
    }

    /// What the last 16 digits of a marker say.
    private static String place(String marker) {
        return Long.toString(Long.parseLong(marker.substring(9), 16));
    }

    private TargetNames names(Batch batch) {
        return new TargetNames(batch.kind(), products);
    }

    private static Results results(List<String> wanted, List<String> changed, String otherwise) {
        Set<String> done = Set.copyOf(changed);
        return new Results((wanted.isEmpty() ? changed : wanted)
                .stream()
                        .map(target -> done.contains(target)
                                ? new Result(target, "success", null, null)
                                : new Result(
                                        target,
                                        "fail",
                                        HuaweiProblems.code(Problem.VERSION_CONFLICT),
                                        target + " " + otherwise))
                        .toList());
    }
}
