package io.berth.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JsonMapper;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The running HTTP server. Selectors have platform threads, requests virtual ones.
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /// How long a stop spares connections that are merely kept alive.
    private static final int SHUTDOWN_IDLE_MILLIS = 100;

    /// Acceptor, selector, scheduler and a spare.
    private static final int MAX_PLATFORM_THREADS = 8;

    /// Clients reach this server by addresses and names it does not know.
    private static final boolean NO_NAME_CHECK = false;

    /// A connection that resumes an earlier one shows what that showed: this long a client that was not asked
    /// for a certificate may go on without.
    private static final int RESUMABLE_SECONDS = 300;

    private final WebListener listener;
    private final Javalin javalin;

    private WebServer(WebListener listener, Javalin javalin) {
        this.listener = listener;
        this.javalin = javalin;
    }

    /// Starts to listen, with TLS when there is a context for it; throws a BindException that names the
    /// address when the port cannot be had.
    public static WebServer start(WebListener listener, WebConfig config, List<Endpoint> endpoints)
            throws BindException {
        Javalin javalin = Javalin.create(javalinConfig -> configure(javalinConfig, listener, config, endpoints));
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            BindException failure =
                    new BindException("web: cannot listen on " + listener.bind() + ":" + listener.port() + ": in use?");
            failure.initCause(e);
            throw failure;
        }
        return new WebServer(listener, javalin);
    }

    public int port() {
        return javalin.port();
    }

    public URI uri() {
        String bind = listener.bind();
        String host = bind.contains(":") ? "[" + bind + "]" : bind;
        return URI.create((listener.tls() != null ? "https" : "http") + "://" + host + ":" + port());
    }

    /// Takes no new request, lets running ones finish within the stop timeout, then closes.
    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(
            JavalinConfig javalin, WebListener listener, WebConfig config, List<Endpoint> endpoints) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.prefer405over404 = true;
        javalin.http.compressionStrategy = CompressionStrategy.NONE;
        javalin.jsonMapper(new JsonMapper() {}); // bodies are read and written in Exchange
        javalin.jetty.threadPool = threads();
        javalin.jetty.modifyServer(server -> {
            server.insertHandler(new GracefulHandler());
            server.setErrorHandler(new PlainErrors());
            server.setStopTimeout(config.stopTimeout().toMillis());
            server.addBean(new NetworkConnectionLimit(config.maxConnections(), server));
        });
        javalin.jetty.addConnector((server, http) -> connector(server, http, listener, config));
        for (Endpoint endpoint : endpoints) {
            javalin.routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method().name()),
                    endpoint.path(),
                    context -> serve(endpoint, context, config));
        }
        javalin.routes.exception(HttpResponseException.class, (e, context) -> refuse(context, config, e.getStatus()));
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_PLATFORM_THREADS, 2);
        threads.setName("web");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("web-", 0).factory()));
        return threads;
    }

    private static Connector connector(Server server, HttpConfiguration http, WebListener listener, WebConfig config) {
        http.setRequestHeaderSize(config.maxHeaderBytes());
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        // a signature is another one in every call: remembered, it would push all else out each time
        http.setHeaderCacheSize(0);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        http.addCustomizer(new SecureRequestCustomizer(NO_NAME_CHECK)); // hands on what the client showed
        WebListener.Tls tls = listener.tls();
        ServerConnector connector = tls == null
                ? new ServerConnector(server, 1, 1, plain)
                : new ServerConnector(server, 1, 1, encrypted(tls, plain), plain);
        connector.setHost(listener.bind());
        connector.setPort(listener.port());
        connector.setIdleTimeout(config.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        return connector;
    }

    private static SslConnectionFactory encrypted(WebListener.Tls tls, HttpConnectionFactory next) {
        SslContextFactory.Server ssl = new SslContextFactory.Server() {
            @Override
            public boolean getWantClientAuth() {
                return tls.asksForCertificate().getAsBoolean();
            }
        };
        ssl.setSslContext(tls.context());
        ssl.setSslSessionTimeout(RESUMABLE_SECONDS);
        return new SslConnectionFactory(ssl, next.getProtocol());
    }

    private static void serve(Endpoint endpoint, Context context, WebConfig config) {
        Exchange exchange = new Exchange(context, config.maxBodyBytes());
        MDC.put("trace", HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        try {
            endpoint.handler().handle(exchange);
        } catch (WebException e) {
            answer(exchange, e.document());
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} {}: the client is gone", exchange.method(), exchange.path(), e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            answer(exchange, ProblemDocument.ofStatus(500, "a fault of Berth itself; its log has the cause"));
        } finally {
            MDC.clear();
        }
    }

    private static void refuse(Context context, WebConfig config, int status) {
        String detail = context.req().getMethod() + " " + context.req().getRequestURI();
        answer(new Exchange(context, config.maxBodyBytes()), ProblemDocument.ofStatus(status, detail));
    }

    private static void answer(Exchange exchange, ProblemDocument problem) {
        if (exchange.isCommitted()) {
            return;
        }
        try {
            exchange.answer(problem);
        } catch (IOException e) {
            LOG.debug("the client is gone", e);
        }
    }
}
