package io.berth.front.coap;

import io.berth.core.login.Refusal.Channel;
import io.berth.net.AddressBinding;
import io.berth.net.PeerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;

/// The sockets of a listener over DTLS, one an address. What is decrypted goes to the loop of its session,
/// whatever address the peer has by then.
final class DtlsSockets implements AddressBinding.Sockets {
    private final String listener;
    private final List<CoapLoop> loops;
    private final Function<InetSocketAddress, DtlsConnectorConfig> configs;
    private final List<DTLSConnector> connectors = new ArrayList<>();

    DtlsSockets(String listener, List<CoapLoop> loops, Function<InetSocketAddress, DtlsConnectorConfig> configs) {
        this.listener = listener;
        this.loops = loops;
        this.configs = configs;
    }

    @Override
    public int open(InetSocketAddress address) throws IOException {
        DTLSConnector connector = new DTLSConnector(configs.apply(address));
        connector.setRawDataReceiver(data -> received(connector, data));
        try {
            connector.start();
        } catch (IOException e) {
            connector.destroy();
            throw e;
        }
        connectors.add(connector);
        return connector.getAddress().getPort();
    }

    @Override
    public void closeAll() {
        connectors.forEach(DTLSConnector::destroy);
        connectors.clear();
    }

    private void received(DTLSConnector connector, RawData data) {
        EndpointContext context = data.getEndpointContext();
        Object session = Objects.requireNonNullElse(
                context.get(DtlsEndpointContext.KEY_SESSION_ID), data.getInetSocketAddress());
        CoapLoop loop = loops.get(Math.floorMod(session.hashCode(), loops.size()));
        loop.offer(new DtlsPeer(connector, context, session), data.getBytes());
    }

    private final class DtlsPeer implements Peer {
        private final DTLSConnector connector;
        private final EndpointContext context;
        private final Object session;

        DtlsPeer(DTLSConnector connector, EndpointContext context, Object session) {
            this.connector = connector;
            this.context = context;
            this.session = session;
        }

        @Override
        public Object key() {
            return session;
        }

        @Override
        public String address() {
            return PeerAddress.of(context.getPeerAddress());
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public Channel channel() {
            return new Channel(
                    listener, address(), "dtls", "DTLSv1.2 " + context.getString(DtlsEndpointContext.KEY_CIPHER));
        }

        @Override
        public void send(byte[] datagram) {
            connector.send(RawData.outbound(datagram, context, null, false));
        }
    }
}
