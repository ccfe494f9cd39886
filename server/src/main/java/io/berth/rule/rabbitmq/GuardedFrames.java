package io.berth.rule.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.SocketFrameHandler;
import io.berth.rule.OutboundGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Connects through the gate, and speaks TLS over what is connected. The client itself can do only one of
/// both: a factory of TLS sockets takes the place of the one that guards.
///
/// @param tls null for none
record GuardedFrames(OutboundGate gate, @Nullable SSLContext tls, int patienceMillis) implements FrameHandlerFactory {
    @Override
    public FrameHandler create(Address address, String connectionName) throws IOException {
        Socket socket = gate.sockets().createSocket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(InetSocketAddress.createUnresolved(address.getHost(), address.getPort()), patienceMillis);
            return new SocketFrameHandler(tls == null ? socket : secured(socket, address, tls));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket secured(Socket socket, Address address, SSLContext context) throws IOException {
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, address.getHost(), address.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.setSoTimeout(patienceMillis);
        secure.startHandshake();
        return secure;
    }
}
