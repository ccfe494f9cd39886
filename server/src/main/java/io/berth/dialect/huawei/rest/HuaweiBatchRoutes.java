package io.berth.dialect.huawei.rest;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
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
import io.berth.core.batch.Targets;
import io.berth.core.device.Device;
import io.berth.core.device.Groups;
import io.berth.core.session.Messages;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiProblems;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Batch tasks (spec huawei-iotda 7.10).
final class HuaweiBatchRoutes {
    private static final int MAX_TARGETS = 30_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Batches batches;
    private final Groups groups;
    private final Messages messages;

    HuaweiBatchRoutes(RestServices services) {
        this.batches = services.batches();
        this.groups = services.groups();
        this.messages = services.messages();
    }

    record NewTask(
            @Nullable String appId,
            String taskName,
            String taskType,
            @Nullable List<String> targets,
            @Nullable TargetsFilter targetsFilter,
            Value.@Nullable Fields document,
            @Nullable TaskPolicy taskPolicy,
            @Nullable String documentSource) {}

    record TargetsFilter(@Nullable List<String> groupIds) {}

    /// @param retryInterval minutes
    record TaskPolicy(
            @Nullable String scheduleTime,
            @Nullable Integer retryCount,
            @Nullable Integer retryInterval) {}

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

    record Progress(
            long total,
            long processing,
            long success,
            long fail,
            long waitting,
            long failWaitRetry,
            long stopped,
            long removed) {}

    record Task(
            String taskId,
            String taskName,
            String taskType,
            Value.Fields document,
            TaskPolicy taskPolicy,
            String status,
            String statusDesc,
            Progress taskProgress,
            String createTime) {}

    record TaskList(List<Task> batchtasks, Paging.Shown page) {}

    record Detail(
            String target,
            String status,
            @Nullable String output,
            @Nullable Fault error) {}

    record Fault(String errorCode, String errorMsg) {}

    record TaskWithDetails(Task batchtask, List<Detail> taskDetails, Paging.Shown page) {}

    record Result(
            String target,
            String status,
            @Nullable String errorCode,
            @Nullable String errorMsg) {}

    record Results(List<Result> targets) {}

    Task create(RestCall<NewTask> call) {
        NewTask wanted = call.input();
        TaskType type = TaskType.of(wanted.taskType());
        if (wanted.documentSource() != null || type.kind() == Kind.REGISTER || type.kind() == Kind.UPDATE) {
            throw new ProblemException(Problem.UNSUPPORTED, "files of batch tasks are not supported here yet");
        }
        Scope scope = batches.of(call.caller().rights()).scope(type.kind(), wanted.appId());
        Value.Fields document = type.read(Objects.requireNonNullElse(wanted.document(), Value.Fields.NONE));
        return shown(batches.create(new Batches.Draft(
                type.kind(),
                wanted.taskName(),
                scope,
                document,
                policy(wanted.taskPolicy()),
                targets(wanted, scope, document))));
    }

    TaskList list(RestCall<WantedTasks> call) {
        WantedTasks wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        Filter filter = new Filter(
                null,
                wanted.taskType() == null
                        ? kinds()
                        : Set.of(TaskType.of(wanted.taskType()).kind()),
                wanted.status() == null ? Set.of() : Set.of(state(wanted.status())),
                wanted.appId() == null ? Set.of() : Set.of(wanted.appId()));
        BatchReach reach = batches.of(call.caller().rights());
        List<Batch> page = reach.list(filter, request(paging)).items().stream()
                .skip(paging.offset())
                .toList();
        return new TaskList(
                page.stream().map(HuaweiBatchRoutes::shown).toList(),
                paging.shown(
                        reach.count(filter),
                        page.isEmpty() ? null : page.getLast().id().hex()));
    }

    TaskWithDetails show(RestCall<WantedTask> call) {
        WantedTask wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        Batch batch = task(call, wanted.taskId());
        TargetFilter filter = new TargetFilter(
                wanted.taskDetailStatus() == null ? Set.of() : Set.of(targetState(wanted.taskDetailStatus())),
                wanted.target());
        String after = paging.marker().equals(Paging.NEWEST) ? null : place(paging.marker());
        List<Target> page =
                batches
                        .targets(batch.id(), filter, new Page.Request(after, paging.limit() + paging.offset()))
                        .items()
                        .stream()
                        .skip(paging.offset())
                        .toList();
        return new TaskWithDetails(
                shown(batch),
                page.stream().map(HuaweiBatchRoutes::detail).toList(),
                paging.shown(
                        batch.progress().total(),
                        page.isEmpty() ? null : new BatchId(page.getLast().place()).hex()));
    }

    Results retry(RestCall<SomeTargets> call) {
        Batch batch = changed(call);
        List<String> wanted = Objects.requireNonNullElse(call.input().targets(), List.of());
        return results(wanted, batches.retry(batch.id(), wanted), "was not retried: it did not fail");
    }

    Results stop(RestCall<SomeTargets> call) {
        Batch batch = changed(call);
        List<String> wanted = Objects.requireNonNullElse(call.input().targets(), List.of());
        if (wanted.isEmpty()) {
            batches.stop(batch.id());
            return new Results(List.of());
        }
        return results(wanted, batches.stop(batch.id(), wanted), "was not stopped: it was begun already");
    }

    @Nullable
    Void delete(RestCall<TaskOnly> call) {
        batches.delete(batches.of(call.caller().rights())
                .change(BatchId.of(call.input().taskId()))
                .id());
        return null;
    }

    private List<Target> targets(NewTask wanted, Scope scope, Value.Fields document) {
        Targets targets = new Targets(MAX_TARGETS);
        List<String> named = Objects.requireNonNullElse(wanted.targets(), List.of());
        TargetsFilter filter = wanted.targetsFilter();
        if (!named.isEmpty() || filter == null) {
            targets.add(named);
        } else {
            for (String group : Objects.requireNonNullElse(filter.groupIds(), List.<String>of())) {
                targets.addGroup(groups, group, scope, Device::alias);
            }
        }
        List<Target> all = targets.list();
        return TaskType.of(wanted.taskType()).kind() == Kind.MESSAGE
                ? all.stream().map(target -> wrapped(target, document)).toList()
                : all;
    }

    /// Messages say in them who they are for (spec huawei-iotda 3.4).
    private Target wrapped(Target target, Value.Fields document) {
        Value.Fields message = new Members()
                .with("object_device_id", target.name())
                .with("id", messages.nextId())
                .with("content", document.get("text"))
                .end();
        return target.withInput(Value.Fields.of("text", new Value.Text(ValueJson.write(message))));
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

    private static Batch.Policy policy(@Nullable TaskPolicy policy) {
        if (policy == null) {
            return Batch.Policy.AT_ONCE;
        }
        return new Batch.Policy(
                policy.scheduleTime() == null ? null : time(policy.scheduleTime()),
                Objects.requireNonNullElse(policy.retryCount(), 0),
                Duration.ofMinutes(Objects.requireNonNullElse(policy.retryInterval(), 0)));
    }

    private static Instant time(String text) {
        try {
            return STAMP.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"schedule_time\" is written as 20151212T121212Z", e);
        }
    }

    private static Task shown(Batch batch) {
        TaskType type =
                TaskType.of(batch).orElseThrow(() -> BatchId.notFound(batch.id().hex()));
        Batch.Policy policy = batch.policy();
        return new Task(
                batch.id().hex(),
                batch.name(),
                type.word(),
                type.write(batch.document()),
                new TaskPolicy(
                        policy.schedule() == null ? null : HuaweiStamp.seconds(policy.schedule()),
                        policy.retries(),
                        (int) policy.retryInterval().toMinutes()),
                word(batch.state()),
                batch.note(),
                progress(batch),
                HuaweiStamp.seconds(batch.times().created()));
    }

    private static Progress progress(Batch batch) {
        Batch.Progress progress = batch.progress();
        boolean over = batch.state().isOver();
        return new Progress(
                progress.total(),
                0,
                progress.done(),
                progress.failed(),
                over ? 0 : progress.open(),
                0,
                over ? progress.open() : 0,
                0);
    }

    private static Detail detail(Target target) {
        Target.Outcome outcome = target.outcome();
        Problem problem = outcome.problem();
        return new Detail(
                target.name(),
                word(target.state()),
                outcome.output().isEmpty() ? null : ValueJson.write(outcome.output()),
                problem == null ? null : new Fault(HuaweiProblems.code(problem), outcome.detail()));
    }

    private static Results results(List<String> wanted, List<Target> changed, String otherwise) {
        Set<String> done = changed.stream().map(Target::name).collect(Collectors.toSet());
        return new Results((wanted.isEmpty() ? changed.stream().map(Target::name) : wanted.stream())
                .map(target -> done.contains(target)
                        ? new Result(target, "success", null, null)
                        : new Result(
                                target,
                                "fail",
                                HuaweiProblems.code(Problem.VERSION_CONFLICT),
                                target + " " + otherwise))
                .toList());
    }

    /// `Waitting` is the vendor's spelling.
    private static String word(Batch.State state) {
        return switch (state) {
            case PREPARED -> "Initializing";
            case WAITING -> "Waitting";
            case RUNNING -> "Processing";
            case DONE -> "Success";
            case PARTLY_DONE -> "PartialSuccess";
            case FAILED -> "Fail";
            case STOPPING -> "Stopping";
            case STOPPED -> "Stopped";
        };
    }

    private static String word(Target.State state) {
        return switch (state) {
            case WAITING -> "Waitting";
            case RUNNING -> "Processing";
            case RETRYING -> "FailWaitRetry";
            case DONE -> "Success";
            case FAILED -> "Fail";
            case STOPPED -> "Stopped";
        };
    }

    private static Batch.State state(String word) {
        return Arrays.stream(Batch.State.values())
                .filter(state -> word(state).equals(word))
                .findFirst()
                .orElseThrow(() -> noStatus(word));
    }

    private static Target.State targetState(String word) {
        return Arrays.stream(Target.State.values())
                .filter(state -> word(state).equals(word))
                .findFirst()
                .orElseThrow(() -> noStatus(word));
    }

    private static ProblemException noStatus(String word) {
        return new ProblemException(Problem.INVALID_ARGUMENT, "\"" + word + "\" is no status");
    }
}
