package io.berth.dialect.huawei.app;

import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.message.Event;
import io.berth.core.message.Notification;
import io.berth.dialect.JsonText;
import io.berth.dialect.huawei.TaskStatus;
import io.berth.dialect.huawei.TaskType;
import java.util.Locale;
import java.util.Optional;

/// How far a batch task is (spec huawei-iotda 9): about no device, so its header names the space alone.
final class HuaweiTaskNews {
    private HuaweiTaskNews() {}

    /// Empty for a batch this vendor has no word for.
    ///
    /// @param batch as [io.berth.core.batch.BatchNews] tells it
    static Optional<Notification> of(Event event, Value.Fields batch) {
        Batch.Kind kind = Batch.Kind.valueOf(text(batch, "kind").toUpperCase(Locale.ROOT));
        Batch.State state = Batch.State.valueOf(text(batch, "state").toUpperCase(Locale.ROOT));
        String space = text(batch, "space");
        return TaskType.of(kind, batch.get("sync"))
                .map(type -> HuaweiEnvelope.of(
                        event,
                        "batchtask",
                        "update",
                        JsonText.object().text("app_id", space).end(),
                        JsonText.object()
                                .text("app_id", space)
                                .text("task_id", text(batch, "id"))
                                .text("task_type", type.word())
                                .text("status", TaskStatus.of(state))
                                .text("status_desc", text(batch, "note"))
                                .end()));
    }

    private static String text(Value.Fields batch, String name) {
        return batch.get(name) instanceof Value.Text(String text) ? text : "";
    }
}
