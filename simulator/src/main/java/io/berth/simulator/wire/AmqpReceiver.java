package io.berth.simulator.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.impl.ProtonByteArrayBufferAllocator;
import org.apache.qpid.protonj2.engine.Connection;
import org.apache.qpid.protonj2.engine.Engine;
import org.apache.qpid.protonj2.engine.EngineFactory;
import org.apache.qpid.protonj2.engine.IncomingDelivery;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.sasl.client.SaslAuthenticator;
import org.apache.qpid.protonj2.engine.sasl.client.SaslCredentialsProvider;
import org.apache.qpid.protonj2.engine.sasl.client.SaslMechanismSelector;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Source;
import org.apache.qpid.protonj2.types.messaging.Target;
import org.jspecify.annotations.Nullable;

/// One AMQP 1.0 link that receives and accepts each message by itself, as subscribers do. Its events run on
/// its event loop.
public final class AmqpReceiver extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int CREDIT = 2_000;

    private final Login login;
    private final AmqpEvents events;
    private final CompletableFuture<AmqpReceiver> opened;
    private final Engine engine = EngineFactory.PROTON.createEngine();
    private final Connection connection = engine.connection();
    private @Nullable Channel channel;
    private int spent;
    private int arrived;
    private boolean leaving;

    private AmqpReceiver(Login login, AmqpEvents events, CompletableFuture<AmqpReceiver> opened) {
        this.login = login;
        this.events = events;
        this.opened = opened;
    }

    /// @param source the address of the group
    public record Login(String user, String password, String source) {}

    public static CompletableFuture<AmqpReceiver> open(
            EventLoop loop, Endpoint endpoint, Login login, AmqpEvents events) {
        CompletableFuture<AmqpReceiver> opened = new CompletableFuture<>();
        Loops.client(loop)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        endpoint.prepare(channel.pipeline());
                        channel.pipeline().addLast(new AmqpReceiver(login, events, opened));
                    }
                })
                .connect(endpoint.address())
                .addListener((ChannelFuture connect) -> {
                    if (!connect.isSuccess()) {
                        opened.completeExceptionally(connect.cause());
                    }
                });
        return opened;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        engine.outputHandler((frame, written) -> {
            write(context, frame);
            if (written != null) {
                written.run();
            }
        });
        engine.errorHandler(failed -> lost("AMQP failed: " + failed.failureCause()));
        engine.saslDriver()
                .client()
                .setListener(new SaslAuthenticator(new SaslMechanismSelector(List.of("PLAIN")), credentials()));
        engine.start();
        connection.setContainerId("berth-bench");
        connection.openHandler(_ -> attach());
        connection.closeHandler(closed -> lost("the server closed: " + closed.getRemoteCondition()));
        connection.open();
        connection.tickAuto(context.executor());
        context.flush();
    }

    private void attach() {
        Receiver receiver = connection.session().open().receiver("bench");
        receiver.setSource(new Source().setAddress(login.source())).setTarget(new Target());
        receiver.deliveryReadHandler(this::read);
        receiver.closeHandler(closed -> lost("the server closed the link: " + closed.getRemoteCondition()));
        receiver.openHandler(_ -> opened.complete(this));
        receiver.open();
        receiver.addCredit(CREDIT);
    }

    private void read(IncomingDelivery delivery) {
        delivery.claimAvailableBytes();
        if (delivery.isPartial()) {
            return;
        }
        delivery.readAll();
        delivery.disposition(Accepted.getInstance(), true);
        if (++spent == CREDIT / 2) {
            delivery.getLink().addCredit(spent);
            spent = 0;
        }
        arrived++;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
        byte[] bytes = new byte[in.readableBytes()]; // the engine keeps what is not a whole frame yet
        in.readBytes(bytes);
        engine.ingest(ProtonByteArrayBufferAllocator.wrapped(bytes));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        if (arrived > 0) {
            events.delivered(arrived);
            arrived = 0;
        }
    }

    private static void write(ChannelHandlerContext context, ProtonBuffer frame) {
        int length = frame.getReadableBytes();
        ByteBuf out = context.alloc().ioBuffer(length);
        frame.copyInto(frame.getReadOffset(), out.nioBuffer(0, length), 0, length);
        out.writerIndex(length);
        Unwatched.write(context.channel(), out);
    }

    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        Channel open = channel;
        if (open == null) {
            left.complete(null);
            return left;
        }
        open.closeFuture().addListener(_ -> left.complete(null));
        open.eventLoop().execute(() -> {
            leaving = true;
            Unwatched.close(open);
        });
        return left;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost("the server closed an AMQP connection");
    }

    private void lost(String reason) {
        if (!leaving && !opened.completeExceptionally(new IllegalStateException(reason))) {
            events.lost(reason);
        }
    }

    private SaslCredentialsProvider credentials() {
        return new SaslCredentialsProvider() {
            @Override
            public String vhost() {
                return "";
            }

            @Override
            public String username() {
                return login.user();
            }

            @Override
            public String password() {
                return login.password();
            }

            @Override
            public @Nullable Principal localPrincipal() {
                return null;
            }
        };
    }
}
