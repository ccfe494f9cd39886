package io.berth.testing;

import io.berth.core.batch.BatchLimits;
import io.berth.core.batch.BatchNews;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Steps;
import io.berth.core.call.Calls;
import io.berth.core.call.Wishes;
import io.berth.core.device.Devices;
import io.berth.core.message.EventLog;
import io.berth.core.message.Events;
import io.berth.core.product.Products;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.state.Things;
import io.berth.storage.Storage;
import java.time.InstantSource;
import java.util.Set;

/// Batches over a real store, whose devices are never online.
public final class TestBatches {
    private TestBatches() {}

    public static Batches over(
            Storage storage, Products products, Devices devices, BatchLimits limits, InstantSource clock) {
        return over(new FakeLog(), storage, products, devices, limits, clock);
    }

    /// @param log what is told of them
    public static Batches over(
            EventLog log,
            Storage storage,
            Products products,
            Devices devices,
            BatchLimits limits,
            InstantSource clock) {
        Events events = new Events(log, clock);
        Sessions sessions = new Sessions(events, _ -> {});
        Downlinks downlinks = new Downlinks(sessions, storage.sessions());
        Requests requests = new Requests(downlinks, sessions, 10, 0);
        Calls calls = new Calls(
                storage.calls(),
                new Calls.Ways(storage.directory(), sessions, requests, downlinks, Traffic.UNCOUNTED),
                Calls.Limits.DEFAULT,
                clock);
        Wishes wishes = new Wishes(new Things(storage.things(), clock), sessions, calls, Set.of(), clock);
        Steps steps = new Steps(devices, calls, wishes, new Messages(downlinks, events, 0));
        return new Batches(
                storage.batches(),
                new Batches.Ways(products, devices, storage.directory(), steps, BatchNews.by(events)),
                limits,
                clock);
    }
}
