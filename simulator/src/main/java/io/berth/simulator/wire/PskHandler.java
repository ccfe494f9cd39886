package io.berth.simulator.wire;

import io.berth.simulator.device.PresharedKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;

/// Encrypts a connection with a pre-shared key, by the only suite that Alibaba's C SDK has (spec aliyun-device
/// 1.1). The handlers behind it see the connection become active when the handshake is over.
final class PskHandler extends ChannelDuplexHandler {
    private final TlsClientProtocol protocol = new TlsClientProtocol();
    private final PresharedKey key;
    private boolean secured;

    PskHandler(PresharedKey key) {
        this.key = key;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
        protocol.connect(new PskClient(key, ProtocolVersion.TLSv12, CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA));
        Unwatched.writeAndFlush(context, records(context));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        protocol.offerInput(bytes);
        if (protocol.getAvailableOutputBytes() > 0) {
            Unwatched.writeAndFlush(context, records(context));
        }
        if (!secured && !protocol.isHandshaking()) {
            secured = true;
            context.fireChannelActive();
        }
        byte[] plain = new byte[protocol.getAvailableInputBytes()];
        if (plain.length > 0) {
            protocol.readInput(plain, 0, plain.length);
            context.fireChannelRead(Unpooled.wrappedBuffer(plain));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws IOException {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        protocol.writeApplicationData(bytes, 0, bytes.length);
        var _ = context.write(records(context), promise);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws IOException {
        if (secured && !protocol.isClosed()) {
            protocol.close();
            Unwatched.writeAndFlush(context, records(context));
        }
        var _ = context.close(promise);
    }

    private ByteBuf records(ChannelHandlerContext context) {
        byte[] bytes = new byte[protocol.getAvailableOutputBytes()];
        protocol.readOutput(bytes, 0, bytes.length);
        return context.alloc().ioBuffer(bytes.length).writeBytes(bytes);
    }
}
