package io.berth.net;

import io.netty.channel.ChannelPipeline;

/// HTTP on a listener that carries another wire too. Whoever owns the listener hands over the connections that
/// begin as HTTP requests do; neither knows the other.
@FunctionalInterface
public interface HttpWire {
    /// Takes the connection, on its event loop and before its first bytes go on: adds its handlers behind
    /// what is in the pipeline, which is no more than TLS, and closes the connection when it has no room.
    void take(ChannelPipeline pipeline, String listener);

    /// Nobody speaks HTTP here.
    HttpWire NONE = (pipeline, listener) -> {
        var _ = pipeline.close();
    };
}
