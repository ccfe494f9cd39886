package io.berth.simulator.bench;

import io.berth.simulator.device.Device;
import io.berth.simulator.target.Target;
import io.berth.simulator.wire.Endpoint;
import io.berth.simulator.wire.Loops;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Signs many devices in, a few hundred at once so that no accept queue overflows.
final class Crew {
    private static final int AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Target target;
    private final Loops loops;

    Crew(Target target, Loops loops) {
        this.target = target;
        this.loops = loops;
    }

    /// One device, what it wants to hear and who listens.
    record Member(Device device, List<String> filters, MqttEvents events) {}

    List<MqttConnection> board(List<Member> members) {
        Semaphore room = new Semaphore(AT_ONCE);
        List<CompletableFuture<MqttConnection>> boarding = new ArrayList<>();
        for (Member member : members) {
            room.acquireUninterruptibly();
            CompletableFuture<MqttConnection> one = board(member);
            boarding.add(one.whenComplete((connection, failure) -> room.release()));
            if (one.isCompletedExceptionally()) {
                break; // the first refusal tells enough
            }
        }
        return boarding.stream().map(Crew::await).toList();
    }

    private CompletableFuture<MqttConnection> board(Member member) {
        Endpoint endpoint = target.mqtt();
        return MqttConnection.open(loops.next(), endpoint, target.login(member.device(), false), member.events())
                .thenCompose(connection -> member.filters().isEmpty()
                        ? CompletableFuture.completedFuture(connection)
                        : connection.subscribe(member.filters()));
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(Meter.reason(e), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer to a login within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
