package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.BatchFiles;
import io.berth.core.batch.Target;
import io.berth.core.batch.Targets;
import io.berth.core.device.Device;
import io.berth.core.device.Groups;
import io.berth.core.session.Messages;
import io.berth.dialect.huawei.TaskType;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.NewTask;
import io.berth.dialect.huawei.rest.HuaweiBatchRoutes.TargetsFilter;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import io.berth.sheet.Sheet;
import io.berth.sheet.SheetLimits;
import java.util.List;
import java.util.Objects;

/// What a task is about: the devices it names, else those of groups, else those of a file (spec huawei-iotda
/// 7.10). What registers or changes devices says in a file what each is to be.
final class TaskTargets {
    private static final int MAX_TARGETS = 30_000;
    private static final int MAX_COLUMNS = 32;
    private static final int MAX_CELL = 4_096;

    private final Groups groups;
    private final Messages messages;
    private final BatchFiles files;

    TaskTargets(RestServices services) {
        this.groups = services.groups();
        this.messages = services.messages();
        this.files = services.batchFiles();
    }

    /// @param scope what of the groups belongs to the task
    /// @param document of the task, in core's words
    List<Target> of(RestCall<NewTask> call, Scope scope, Kind kind, Value.Fields document) {
        List<Target> all = found(call, scope, kind);
        return document.get(TaskType.WRAPS).equals(new Value.Flag(true))
                ? all.stream().map(target -> wrapped(target, document)).toList()
                : all;
    }

    private List<Target> found(RestCall<NewTask> call, Scope scope, Kind kind) {
        NewTask wanted = call.input();
        List<String> named = Objects.requireNonNullElse(wanted.targets(), List.of());
        TargetsFilter filter = wanted.targetsFilter();
        boolean needsFile = kind == Kind.REGISTER || kind == Kind.UPDATE;
        require(!needsFile || wanted.documentSource() != null, "\"document_source\" is missing");
        if (!needsFile && !named.isEmpty()) {
            return new Targets(MAX_TARGETS).add(named).list();
        }
        if (!needsFile && filter != null) {
            return members(Objects.requireNonNullElse(filter.groupIds(), List.of()), scope);
        }
        return wanted.documentSource() == null
                ? List.of()
                : ofFile(files.content(call.caller(), wanted.documentSource()), kind, call.sight());
    }

    private List<Target> members(List<String> groupIds, Scope scope) {
        Targets targets = new Targets(MAX_TARGETS);
        for (String group : groupIds) {
            targets.addGroup(groups, group, scope, Device::alias);
        }
        return targets.list();
    }

    private List<Target> ofFile(Payload file, Kind kind, Sight sight) {
        SheetLimits limits = new SheetLimits(
                MAX_TARGETS + 1, MAX_COLUMNS, MAX_CELL, files.limits().maxUnpackedBytes());
        return DeviceSheet.targets(Sheet.read(file, limits), kind, sight);
    }

    /// Messages say in them who they are for (spec huawei-iotda 3.4).
    private Target wrapped(Target target, Value.Fields document) {
        Value.Fields given = TaskType.CREATE_MESSAGES.write(document);
        Value.Fields message = new Members()
                .with("object_device_id", target.name())
                .withUnlessEmpty("name", given.get("name") instanceof Value.Text(String name) ? name : "")
                .with("id", messages.nextId())
                .with("content", given.get("message"))
                .end();
        return target.withInput(Value.Fields.of("text", new Value.Text(ValueJson.write(message))));
    }
}
