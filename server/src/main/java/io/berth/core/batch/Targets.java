package io.berth.core.batch;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.device.Groups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Gathers the targets of a batch, each device once, numbered as they come. One thread.
public final class Targets {
    private final int most;
    private final Map<String, Target> gathered = new LinkedHashMap<>();

    /// @param most LIMIT_REACHED beyond it
    public Targets(int most) {
        this.most = most;
    }

    public Targets add(Collection<String> names) {
        names.forEach(name -> add(name, Value.Fields.NONE));
        return this;
    }

    /// @param input what it alone needs
    public Targets add(String name, Value.Fields input) {
        gathered.putIfAbsent(name, Target.waiting(gathered.size() + 1L, name, input));
        if (gathered.size() > most) {
            throw new ProblemException(Problem.LIMIT_REACHED, "a batch has at most " + most + " devices");
        }
        return this;
    }

    /// Everything that is in the group now and within the scope.
    ///
    /// @param named what to call a device: `product/device` or its alias
    public Targets addGroup(Groups groups, String id, Batch.Scope scope, Function<Device, String> named) {
        Page.each(
                request -> groups.members(id, scope.devices(), request),
                (Device device) -> add(named.apply(device), Value.Fields.NONE));
        return this;
    }

    public List<Target> list() {
        return new ArrayList<>(gathered.values());
    }
}
