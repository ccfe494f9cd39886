package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchReach;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.batch.TargetSource;
import io.berth.core.device.DeviceQuery;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Something to be done to many devices, as somebody writes it; docs/batches.md tells what documents say.
///
/// @param devices `product/device`, or a device's alias
/// @param group the name or id of a group, whose members at this moment are meant
/// @param query in our language, whose devices at this moment are meant
/// @param batch the id of an earlier batch, whose devices are meant
/// @param space the resource space it acts in, all when absent
/// @param schedule when it begins, at once when absent
/// @param retries how often a device that failed is tried again
/// @param retryInterval how long it rests before: `10m`
public record BatchForm(
        Batch.Kind kind,
        @Nullable String name,
        @Nullable List<String> devices,
        @Nullable String group,
        @Nullable String query,
        @Nullable String batch,
        @Nullable String space,
        @Nullable ObjectNode document,
        @Nullable Instant schedule,
        @Nullable Integer retries,
        @Nullable String retryInterval) {

    /// The registry as the form's words mean it.
    public record Registry(Batches batches, Groups groups, Devices devices) {}

    Batch begin(BatchReach reach, Registry registry) {
        require(!kind.registers(), "devices are registered with the registrations of a product");
        long sources =
                Stream.of(devices, group, query, batch).filter(Objects::nonNull).count();
        require(sources == 1, "give one of \"devices\", \"group\", \"query\" and \"batch\"");
        Batch.Scope scope = reach.scope(kind, space);
        Batches batches = registry.batches();
        if (devices != null) {
            return batches.create(draft(scope, batches.targets().add(devices).list()));
        }
        return batches.gather(draft(scope, List.of()), source(scope, reach, registry), Batch.State.WAITING);
    }

    private TargetSource source(Batch.Scope scope, BatchReach reach, Registry registry) {
        if (group != null) {
            Groups groups = registry.groups();
            String id =
                    groups.findByName(group).orElseGet(() -> groups.get(group)).id();
            return TargetSource.group(groups, id, scope);
        }
        return query != null
                ? TargetSource.query(registry.devices(), DeviceQuery.LANGUAGE.read(query), scope)
                : TargetSource.batch(registry.batches(), reach.get(BatchId.of(String.valueOf(batch))));
    }

    private Batches.Draft draft(Batch.Scope scope, List<Target> targets) {
        return new Batches.Draft(
                kind,
                Objects.requireNonNullElse(name, ""),
                scope,
                document == null ? Value.Fields.NONE : FreeJson.fields(document),
                policy(),
                targets);
    }

    private Policy policy() {
        Duration interval =
                Optional.ofNullable(retryInterval).map(Lifetime::parse).orElse(Duration.ZERO);
        return new Policy(schedule, Objects.requireNonNullElse(retries, 0), interval);
    }
}
