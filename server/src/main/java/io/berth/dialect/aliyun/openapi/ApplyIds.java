package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.Batches;
import org.jspecify.annotations.Nullable;

/// Registrations as calls name them.
final class ApplyIds {
    private ApplyIds() {}

    /// @param productKey null where the vendor does not ask for it
    static Batch find(Batches batches, Call<?> call, @Nullable String productKey, long applyId) {
        Refusal.require(applyId > 0, "device.InvalidFormattedApplyId", "an ApplyId is positive");
        try {
            Batch batch = batches.of(call.rights()).get(new BatchId(applyId));
            if (batch.kind().registers()
                    && (productKey == null || productKey.equals(batch.scope().product()))) {
                return batch;
            }
        } catch (ProblemException e) {
            if (e.problem() != Problem.NOT_FOUND) {
                throw e;
            }
        }
        throw Refusal.of(Problem.NOT_FOUND, "device.DeviceApplyIsNotFound", "there is no ApplyId " + applyId);
    }
}
