package io.berth.dialect.huawei;

import io.berth.core.batch.Batch;

/// What the vendor calls the state of a batch task (spec huawei-iotda 7.10).
public final class TaskStatus {
    private TaskStatus() {}

    /// `Waitting` is the vendor's spelling.
    public static String of(Batch.State state) {
        return switch (state) {
            case READING, PREPARED -> "Initializing";
            case WAITING -> "Waitting";
            case RUNNING -> "Processing";
            case DONE -> "Success";
            case PARTLY_DONE -> "PartialSuccess";
            case FAILED -> "Fail";
            case STOPPING -> "Stopping";
            case STOPPED -> "Stopped";
        };
    }
}
