package io.berth.dialect.huawei.rest;

import io.berth.core.batch.BatchFile;
import io.berth.core.batch.BatchFiles;
import io.berth.dialect.huawei.HuaweiStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files that batch tasks take their devices from (spec huawei-iotda 7.10).
final class HuaweiFileRoutes {
    private final BatchFiles files;

    HuaweiFileRoutes(RestServices services) {
        this.files = services.batchFiles();
    }

    record NewFile(FormFile file) {}

    record FileOnly(String fileId) {}

    record Shown(String fileId, String fileName, String uploadTime) {}

    record ShownList(List<Shown> files) {}

    Shown add(RestCall<NewFile> call) {
        FormFile file = call.input().file();
        return shown(files.add(call.caller(), file.name(), file.content()));
    }

    /// The newest first.
    ShownList list(RestCall<Operation.Nothing> call) {
        return new ShownList(
                files.list(call.caller()).stream().map(HuaweiFileRoutes::shown).toList());
    }

    @Nullable
    Void delete(RestCall<FileOnly> call) {
        files.delete(call.caller(), call.input().fileId());
        return null;
    }

    private static Shown shown(BatchFile file) {
        return new Shown(file.id(), file.name(), HuaweiStamp.seconds(file.uploaded()));
    }
}
