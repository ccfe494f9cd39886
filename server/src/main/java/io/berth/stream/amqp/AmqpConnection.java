package io.berth.stream.amqp;

import io.berth.core.subscription.Readers.Peer;
import io.berth.net.PeerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.buffer.impl.ProtonByteArrayBufferAllocator;
import org.apache.qpid.protonj2.engine.Connection;
import org.apache.qpid.protonj2.engine.Engine;
import org.apache.qpid.protonj2.engine.EngineFactory;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.engine.Session;
import org.apache.qpid.protonj2.engine.exceptions.EngineStateException;
import org.apache.qpid.protonj2.engine.exceptions.IdleTimeoutException;
import org.apache.qpid.protonj2.engine.exceptions.ProtocolViolationException;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.transport.AmqpError;
import org.apache.qpid.protonj2.types.transport.ConnectionError;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that is logged in: one protocol engine between the socket and the links of its client. On the
/// event loop, but for what says otherwise.
final class AmqpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AmqpConnection.class);
    private static final String CONTAINER = "berth";
    private static final int MIN_FRAME_BYTES = 512; // AMQP 1.0 part 2.7.1: nobody may ask for less
    private static final int MAX_HANDLE = 63; // attaches that are refused hold their handle until the client detaches

    private final Entrance entrance;
    private final Subscriber subscriber;
    private final Engine engine = EngineFactory.PROTON.createNonSaslEngine();
    private final Connection connection = engine.connection();
    private final List<SubscriberLink> links = new CopyOnWriteArrayList<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Outlet outlet;
    private @Nullable Future<?> deadline;
    private boolean over;
    private boolean failed;

    AmqpConnection(Entrance entrance, Subscriber subscriber) {
        this.entrance = entrance;
        this.subscriber = subscriber;
    }

    Entrance entrance() {
        return entrance;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /// Once the client has said what its container is called. Any thread.
    Peer peer() {
        String client = Objects.requireNonNullElseGet(subscriber.client(), connection::getRemoteContainerId);
        return new Peer(client, PeerAddress.of(context().channel()));
    }

    Outlet outlet() {
        return Objects.requireNonNull(outlet);
    }

    /// Has it run on the event loop. Any thread.
    void post(Runnable task) {
        context().executor().execute(task);
    }

    void postLater(Duration delay, Runnable task) {
        var _ = context().executor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        Outlet out = new Outlet(ctx);
        outlet = out;
        connection
                .setContainerId(CONTAINER)
                .setMaxFrameSize(entrance.config().maxFrameBytes())
                .setChannelMax(entrance.config().maxSessions() - 1)
                .setProperties(Map.of(Symbol.valueOf("product"), "Berth"));
        connection.openHandler(_ -> opened());
        connection.closeHandler(_ -> closedByPeer());
        connection.localCloseHandler(_ -> closing());
        connection.sessionOpenHandler(this::begin);
        connection.senderOpenHandler(this::attach);
        connection.receiverOpenHandler(this::refuse);
        engine.outputHandler(out::write);
        engine.errorHandler(_ -> failed());
        engine.start();
        setDeadline(entrance.loginTimeout(), "no Open in time");
        entrance.guests().opened(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancelDeadline();
        finish();
        engine.shutdown();
        entrance.guests().closed(this);
        entrance.left();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            byte[] bytes = new byte[in.readableBytes()]; // the engine keeps what is not a whole frame yet
            in.readBytes(bytes);
            if (engine.isWritable()) {
                engine.ingest(ProtonByteArrayBufferAllocator.wrapped(bytes));
            }
        } catch (EngineStateException _) {
            failed();
        } finally {
            in.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = ctx.channel().isWritable();
        // whoever does not read gets no answers to make us keep; its idle time ends it
        ctx.channel().config().setAutoRead(writable);
        if (writable) {
            links.forEach(SubscriberLink::pump);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            dropped("malformed bytes", cause);
        }
        var _ = ctx.close();
    }

    private void opened() {
        if (connection.getRemoteMaxFrameSize() < MIN_FRAME_BYTES) {
            dropped("frames too small", null);
            outlet().close(); // not even a Close fits
            return;
        }
        AmqpConfig.Idle idle = entrance.config().idle();
        long asked = Math.max(0, connection.getRemoteIdleTimeout());
        long given = Math.clamp(asked, idle.least().toMillis(), idle.most().toMillis());
        if (idle.strict() && given != asked) {
            // spec aliyun-openapi 4.1
            end(AmqpError.INVALID_FIELD, "idle-time-out is between " + idle.least() + " and " + idle.most());
            return;
        }
        connection.setIdleTimeout(given).open();
        connection.tickAuto(context().executor());
        expectLink();
    }

    private void expectLink() {
        setDeadline(entrance.config().timeouts().link(), "no receiver in time");
    }

    private void begin(Session session) {
        session.setHandleMax(MAX_HANDLE);
        session.closeHandler(_ -> {
            endLinks(session);
            session.close();
        });
        session.localCloseHandler(_ -> endLinks(session));
        session.open();
    }

    private void endLinks(Session session) {
        links.stream().filter(link -> link.isOf(session)).forEach(SubscriberLink::end);
    }

    private void attach(Sender sender) {
        if (connection.isLocallyClosed()) {
            return;
        }
        int most = subscriber.rules().maxLinks();
        SubscriberLink link = new SubscriberLink(this, sender);
        if (links.size() >= most) {
            link.refuse(AmqpError.RESOURCE_LIMIT_EXCEEDED, "a connection has at most " + most + " receivers");
            return;
        }
        links.add(link);
        cancelDeadline();
        link.begin();
    }

    /// Applications only receive here (spec aliyun-openapi 4.1, huawei-iotda 8.1); transactions need a sender
    /// too.
    private void refuse(Receiver receiver) {
        receiver.deliveryReadHandler(_ -> engine.engineFailed(
                new ProtocolViolationException(ConnectionError.FRAMING_ERROR, "a transfer on a link that is refused")));
        receiver.setSource(receiver.getRemoteSource()).open();
        receiver.setCondition(new ErrorCondition(AmqpError.NOT_ALLOWED, "only receivers are allowed here"));
        receiver.close();
        entrance.traffic().dropped("sender link");
    }

    /// A link of this connection is gone.
    void ended(SubscriberLink link) {
        if (links.remove(link) && links.isEmpty() && !over && !connection.isLocallyClosed()) {
            expectLink();
        }
    }

    /// Any thread.
    List<SubscriberLink> links() {
        return links;
    }

    /// Ends it, since its caller may be here no longer. Any thread.
    void expel() {
        post(() -> end(AmqpError.UNAUTHORIZED_ACCESS, "the credential is not good any more"));
    }

    /// Its client has enough connections. Any thread.
    void refuse() {
        int most = subscriber.rules().maxConnections();
        post(() -> end(AmqpError.RESOURCE_LIMIT_EXCEEDED, "a client has at most " + most + " connections"));
    }

    /// Asks the client to go elsewhere. Any thread.
    void dismiss() {
        post(() -> end(ConnectionError.CONNECTION_FORCED, "the server stops"));
    }

    /// Closes as the protocol has it, and without the peer's agreement after a while.
    private void end(Symbol condition, String why) {
        if (over || connection.isLocallyClosed()) {
            return;
        }
        try {
            connection.setCondition(new ErrorCondition(condition, why));
            connection.open(); // a connection that is not open cannot be closed
            connection.close();
        } catch (EngineStateException _) {
            outlet().close();
        }
    }

    /// Our own Close is out, by us or by the engine.
    private void closing() {
        finish();
        setDeadline(entrance.config().timeouts().close(), "no Close in time");
    }

    private void closedByPeer() {
        finish();
        connection.close();
        outlet().close();
    }

    /// The engine met something that is not AMQP; it has written its Close by now.
    private void failed() {
        if (failed) {
            return;
        }
        failed = true;
        Throwable cause = engine.failureCause();
        dropped(cause instanceof IdleTimeoutException ? "idle" : "malformed bytes", cause);
        closing();
        outlet().close();
    }

    /// Gives what the links have back to their groups.
    private void finish() {
        over = true;
        links.forEach(SubscriberLink::end);
    }

    private void setDeadline(Duration within, String otherwise) {
        cancelDeadline();
        deadline = context().executor().schedule(() -> tooLate(otherwise), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void tooLate(String what) {
        dropped(what, null);
        if (over || !connection.isRemotelyOpen()) {
            var _ = context().close();
        } else {
            end(ConnectionError.CONNECTION_FORCED, what);
        }
    }

    private void dropped(String cause, @Nullable Throwable failure) {
        entrance.traffic().dropped(cause);
        LOG.debug(
                "{}: {} of {} from {}",
                entrance.listener(),
                cause,
                subscriber.caller().name(),
                PeerAddress.of(context().channel()),
                failure);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
