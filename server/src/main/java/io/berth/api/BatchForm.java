package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Targets;
import io.berth.core.device.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Something to be done to many devices, as somebody writes it; docs/batches.md tells what documents say.
///
/// @param devices `product/device`, or a device's alias
/// @param group the name or id of a group, whose members at this moment are meant
/// @param space the resource space it acts in, all when absent
/// @param schedule when it begins, at once when absent
/// @param retries how often a device that failed is tried again
/// @param retryInterval how long it rests before: `10m`
public record BatchForm(
        Batch.Kind kind,
        @Nullable String name,
        @Nullable List<String> devices,
        @Nullable String group,
        @Nullable String space,
        @Nullable ObjectNode document,
        @Nullable Instant schedule,
        @Nullable Integer retries,
        @Nullable String retryInterval) {

    Batches.Draft draft(Batch.Scope scope, Targets targets, Groups groups) {
        require(!kind.registers(), "devices are registered with the registrations of a product");
        require((devices == null) != (group == null), "give either \"devices\" or \"group\"");
        if (group != null) {
            String id =
                    groups.findByName(group).orElseGet(() -> groups.get(group)).id();
            targets.addGroup(groups, id, scope, device -> device.id().toString());
        } else {
            targets.add(Objects.requireNonNullElse(devices, List.of()));
        }
        return new Batches.Draft(
                kind,
                Objects.requireNonNullElse(name, ""),
                scope,
                document == null ? Value.Fields.NONE : FreeJson.fields(document),
                policy(),
                targets.list());
    }

    private Policy policy() {
        Duration interval =
                Optional.ofNullable(retryInterval).map(Lifetime::parse).orElse(Duration.ZERO);
        return new Policy(schedule, Objects.requireNonNullElse(retries, 0), interval);
    }
}
