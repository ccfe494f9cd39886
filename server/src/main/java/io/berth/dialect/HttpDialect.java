package io.berth.dialect;

/// A vendor's HTTPS, on which devices only send. Shared; its methods run on event loops and never block.
public interface HttpDialect {
    /// The stable lower-case word, as of the vendor's other wires.
    String name();

    /// Whether the path is this vendor's, be there something at it or not.
    boolean owns(String path);

    /// The largest body a device may send.
    int maxBodyBytes();

    /// What the vendor's devices understand of a fault that none of their mistakes explains.
    HttpAnswer answer(HttpFault fault);

    /// For one connection, whose requests are often of one device.
    HttpReader open();
}
