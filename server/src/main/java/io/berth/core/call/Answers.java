package io.berth.core.call;

import io.berth.core.Completion;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Uplink;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.thing.ThingModel;
import java.util.Optional;

/// Answers to calls whose callers did not wait. Each is looked up in the store: the call may be of an earlier
/// run of the server. What belongs to no open call is counted and dropped.
final class Answers implements Uplinks.LateReplies {
    private static final String UNASKED = "an answer nobody asked for";

    private final CallStore store;
    private final Transmission transmission;
    private final DeviceDirectory directory;
    private final Sessions sessions;
    private final Traffic traffic;

    Answers(CallStore store, Transmission transmission, DeviceDirectory directory, Sessions sessions, Traffic traffic) {
        this.store = store;
        this.transmission = transmission;
        this.directory = directory;
        this.sessions = sessions;
        this.traffic = traffic;
    }

    /// The device's message is acknowledged when its answer is kept, which also bounds how many are looked up.
    @Override
    public void replied(Session session, Uplink.Reply reply, Completion kept) {
        Thread.ofVirtual().name("answers").start(() -> {
            try {
                settle(session, reply, kept);
            } catch (RuntimeException e) {
                kept.done(e);
            }
        });
    }

    private void settle(Session session, Uplink.Reply reply, Completion kept) {
        Optional<Call> asked = store.open(reply.requestId()).stream()
                .filter(call -> sessions.speaksFor(session, call.device()))
                .findFirst();
        if (asked.isEmpty()) {
            traffic.dropped(UNASKED);
            kept.done(null);
            return;
        }
        Call call = asked.get();
        transmission
                .answered(call, new Admission(model(call)).judge(call, reply))
                .whenComplete((answered, failure) -> {
                    if (failure == null && answered.isEmpty()) {
                        traffic.dropped(UNASKED);
                    }
                    kept.done(failure);
                });
    }

    private ThingModel model(Call call) {
        return directory
                .find(new DeviceRef.ById(call.device()))
                .toCompletableFuture()
                .join()
                .map(DeviceSnapshot::product)
                .map(product -> product.model())
                .orElse(ThingModel.EMPTY);
    }
}
