package io.berth.dialect;

/// Reads the requests of one connection, and remembers of the last what spares the next some work: never more
/// than that. Used on the connection's event loop; never blocks.
@FunctionalInterface
public interface HttpReader {
    /// Reads a request on a path of the dialect: no look-up, and no work worth a flood.
    HttpReading read(HttpRequest request);
}
