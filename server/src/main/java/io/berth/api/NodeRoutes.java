package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The process that answers.
public final class NodeRoutes implements NativeApi.Group {
    private final NodeFacts facts;
    private final Sessions sessions;
    private final InstantSource clock;

    public NodeRoutes(NodeFacts facts, Sessions sessions, InstantSource clock) {
        this.facts = facts;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(Route.get(
                "/node", Demand.read(Area.PLATFORM), "Shows this node", Nothing.class, Node.class, call -> node()));
    }

    public record Node(
            String version,
            long pid,
            Instant started,
            long uptimeMillis,
            int sessions,
            Map<String, NodeFacts.Listener> listeners) {}

    private Node node() {
        return new Node(
                facts.version(),
                facts.pid(),
                facts.started(),
                Duration.between(facts.started(), clock.instant()).toMillis(),
                sessions.count(),
                facts.listeners().get());
    }
}
