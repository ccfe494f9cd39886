package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.Target;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.TaskStatus;
import io.berth.dialect.huawei.TaskType;
import io.berth.dialect.huawei.device.HuaweiProblems;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Batches and their targets in the vendor's words, both ways (spec huawei-iotda 7.10).
final class TaskWords {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private TaskWords() {}

    /// @param retryInterval minutes
    record TaskPolicy(
            @Nullable String scheduleTime,
            @Nullable Integer retryCount,
            @Nullable Integer retryInterval) {}

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

    record Detail(
            String target,
            String status,
            @Nullable String output,
            @Nullable Fault error) {}

    record Fault(String errorCode, String errorMsg) {}

    static Batch.Policy policy(@Nullable TaskPolicy policy) {
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

    static Task shown(Batch batch) {
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
                TaskStatus.of(batch.state()),
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

    static Detail detail(Target target, TargetNames names) {
        Target.Outcome outcome = target.outcome();
        Problem problem = outcome.problem();
        return new Detail(
                names.shown(target),
                word(target.state()),
                outcome.output().isEmpty() ? null : ValueJson.write(outcome.output()),
                problem == null
                        ? null
                        : new Fault(HuaweiProblems.code(problem), HuaweiProblems.message(problem, outcome.detail())));
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

    static Batch.State state(String word) {
        return Arrays.stream(Batch.State.values())
                .filter(state -> TaskStatus.of(state).equals(word))
                .findFirst()
                .orElseThrow(() -> noStatus(word));
    }

    static Target.State targetState(String word) {
        return Arrays.stream(Target.State.values())
                .filter(state -> word(state).equals(word))
                .findFirst()
                .orElseThrow(() -> noStatus(word));
    }

    private static ProblemException noStatus(String word) {
        return new ProblemException(Problem.INVALID_ARGUMENT, "\"" + word + "\" is no status");
    }
}
