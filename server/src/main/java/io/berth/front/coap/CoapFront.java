package io.berth.front.coap;

import io.berth.net.AddressBinding;
import io.berth.net.BoundListener;
import io.berth.net.EventLoops;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.X509KeyManager;

/// The CoAP front: listeners, loops, start and stop. Methods block a little; any thread.
public final class CoapFront implements AutoCloseable {
    private final CoapPlatform platform;
    private final CoapConfig config;
    private final Supplier<X509KeyManager> keys;
    private final List<CoapListener> listeners;
    private final EventLoopGroup group;
    private final Reception reception;
    private final Map<EventLoop, CoapLoop> loops = new LinkedHashMap<>();
    private final List<AddressBinding.Sockets> open = new ArrayList<>();

    /// @param keys what the server shows of itself over DTLS; asked for when there is such a listener
    public CoapFront(
            CoapPlatform platform, CoapConfig config, Supplier<X509KeyManager> keys, List<CoapListener> listeners) {
        this.platform = platform;
        this.config = config;
        this.keys = keys;
        this.listeners = List.copyOf(listeners);
        this.reception = new Reception(platform, config.maxPending());
        this.group = EventLoops.open("coap", config.eventLoops());
        CoapConfig share = config.shared(EventLoops.count(config.eventLoops()));
        group.forEach(executor -> {
            EventLoop loop = (EventLoop) executor;
            loops.put(loop, new CoapLoop(loop, reception, platform.traffic(), share));
        });
    }

    /// Binds every listener; when one cannot be bound, none stays and the exception names it.
    public synchronized List<BoundListener> start() {
        try {
            return listeners.stream().map(this::bind).toList();
        } catch (RuntimeException e) {
            closeSockets(); // the rest is for close()
            throw e;
        }
    }

    private BoundListener bind(CoapListener listener) {
        String name = listener.place().name();
        AddressBinding.Sockets sockets = listener.dtls()
                ? new DtlsSockets(name, List.copyOf(loops.values()), terms(name)::at)
                : new UdpSockets(name, config.maxDatagramBytes(), loops);
        open.add(sockets);
        return new AddressBinding(listener.place(), sockets).bind();
    }

    private DtlsTerms terms(String listener) {
        return new DtlsTerms(
                config.dtls(),
                keys.get(),
                new DtlsLogins(platform),
                new DtlsFailures(platform, reception.refusing(), listener));
    }

    /// What was said and is not answered yet is not answered any more: its sender repeats it.
    @Override
    public synchronized void close() {
        closeSockets();
        var _ = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void closeSockets() {
        open.forEach(AddressBinding.Sockets::closeAll);
        open.clear();
    }
}
