package io.berth.core.login;

import io.berth.core.device.DeviceId;
import java.util.List;

/// Keeps the newest refusals, a bounded number of them.
public interface RefusalStore {
    /// Keeps the refusal, some time later; under a flood the surplus is dropped and counted. Never blocks.
    void add(Refusal refusal);

    /// The newest first. Blocking.
    List<Refusal> find(DeviceId device, int limit);

    /// Those that named themselves like this: an application by the id of its key, a user by name. The newest
    /// first. Blocking.
    List<Refusal> findClaimed(String claimed, int limit);

    /// The newest of any device first. Blocking.
    List<Refusal> newest(int limit);
}
