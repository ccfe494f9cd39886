package io.berth.simulator.wire;

/// What happens on one HTTP connection, told on its event loop. Never blocks.
public interface HttpEvents {
    default void answered(int status, String body) {}

    /// So many lines of a streamed answer have come.
    default void lines(int count) {}

    /// A line of a streamed answer tells of a problem.
    default void problem(String line) {}

    default void lost(String reason) {}
}
