package io.berth.dialect.huawei.rest;

import static io.berth.core.caller.Area.DEVICES;
import static io.berth.dialect.huawei.rest.Operation.act;
import static io.berth.dialect.huawei.rest.Operation.add;
import static io.berth.dialect.huawei.rest.Operation.delete;
import static io.berth.dialect.huawei.rest.Operation.get;

import io.berth.dialect.huawei.rest.Catalogue.Section;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.NewTask;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.SomeTargets;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.TaskOnly;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.WantedTask;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.WantedTasks;
import io.berth.dialect.huawei.rest.HuaweiFileRoutes.FileOnly;
import io.berth.dialect.huawei.rest.HuaweiFileRoutes.NewFile;
import java.util.List;

/// The routes of batch tasks and their files (spec huawei-iotda-routes 7.10).
final class BatchRows {
    private static final String TASKS = "batchtasks";
    private static final String FILES = "batchtask-files";

    private final HuaweiBatchRoutes tasks;
    private final HuaweiFileRoutes files;

    BatchRows(RestServices services) {
        this.tasks = new HuaweiBatchRoutes(services);
        this.files = new HuaweiFileRoutes(services);
    }

    Section section() {
        String one = TASKS + "/{task_id}";
        return new Section(
                "7.10",
                "Batch tasks and files",
                List.of(
                        add("CreateBatchTask", TASKS, DEVICES, NewTask.class, tasks::create),
                        get("ListBatchTasks", TASKS, DEVICES, WantedTasks.class, tasks::list),
                        get("ShowBatchTask", one, DEVICES, WantedTask.class, tasks::show),
                        act("RetryBatchTask", one + "/retry", DEVICES, SomeTargets.class, tasks::retry),
                        act("StopBatchTask", one + "/stop", DEVICES, SomeTargets.class, tasks::stop),
                        delete("DeleteBatchTask", one, DEVICES, TaskOnly.class, tasks::delete),
                        add("UploadBatchTaskFile", FILES, DEVICES, NewFile.class, files::add),
                        get("ListBatchTaskFiles", FILES, DEVICES, Operation.Nothing.class, files::list),
                        delete("DeleteBatchTaskFile", FILES + "/{file_id}", DEVICES, FileOnly.class, files::delete)));
    }
}
