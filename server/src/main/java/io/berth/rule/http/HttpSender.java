package io.berth.rule.http;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.OutboundGate;
import io.berth.rule.RuleConfig;
import io.berth.rule.Template;
import io.berth.rule.Trouble;
import io.berth.rule.TrustedRoots;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Posts to one server and says what its answer means. Follows no redirect, keeps no cookie, reads a bounded
/// part of the answer, and is done with a request when its time is over, whatever the server does. Any thread;
/// blocks.
public final class HttpSender implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rule-http-deadlines").factory());
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SHOWN = 200;

    /// What a server says of the one message; everything else it says of itself or its address.
    private static final List<Integer> REFUSALS = List.of(400, 406, 409, 413, 415, 422);

    private final CloseableHttpClient client;
    private final Duration patience;
    private final int maxAnswerBytes;

    /// @param ca the root of the server's certificate, PEM; null for the usual ones
    public HttpSender(@Nullable String ca, OutboundGate gate, RuleConfig config) {
        this.patience = config.sendTimeout();
        this.maxAnswerBytes = config.maxAnswerBytes();
        Timeout timeout = Timeout.of(patience);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Guarded(gate))
                .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(TrustedRoots.context(ca))
                        .buildClassic())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(1)) // and a name is looked up again
                        .build())
                .setMaxConnPerRoute(io.berth.core.rule.Rule.Policy.MAX_PARALLEL)
                .setMaxConnTotal(io.berth.core.rule.Rule.Policy.MAX_PARALLEL)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Berth")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /// The address of a template whose scheme, host and port are fixed; INVALID_ARGUMENT when it is none.
    public static Template address(String url) {
        Template template = Template.of(url);
        try {
            URI sample = new URI(url.replaceAll("\\$\\{[^}]*}", "x"));
            String scheme = String.valueOf(sample.getScheme());
            require(scheme.equals("http") || scheme.equals("https"), "\"url\" begins with http:// or https://");
            require(sample.getHost() != null, "\"url\" names no host");
            require(
                    sample.getPort() == -1 || (sample.getPort() > 0 && sample.getPort() <= MAX_PORT),
                    "the port of \"url\" is 1 to " + MAX_PORT);
            require(sample.getUserInfo() == null, "\"url\" holds no user: use \"user\" and \"password\"");
            String origin = scheme + "://" + sample.getRawAuthority();
            require(url.startsWith(origin), "the host of \"url\" is fixed: a field of the message may not choose it");
            return template;
        } catch (URISyntaxException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"url\" is no address: " + e.getReason(), e);
        }
    }

    /// The address of a server, without a path and the slash at its end; INVALID_ARGUMENT when it is none.
    public static String server(String url) {
        require(
                address(url).isFixed() && !url.contains("?") && !url.contains("#"),
                "\"url\" is fixed, without a query");
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// A text as part of an address.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Sends the request and reads what it means: 2xx is success (spec huawei-iotda 8 asks for 200), some 4xx
    /// are about the message, and all else is trouble with the destination.
    public Outcome send(HttpPost request) throws InterruptedException {
        Future<?> deadline = CLOCK.schedule(() -> request.cancel(), patience.toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(target(request), request, null)) {
            return outcome(response);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return Outcome.retry(request.isCancelled() ? late() : reason(e));
        } catch (IllegalArgumentException | URISyntaxException e) {
            return new Outcome.Refused("the address made of the message is none: " + e.getMessage());
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    private static HttpHost target(HttpPost request) throws URISyntaxException {
        URI uri = request.getUri();
        int standard = uri.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
        return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort());
    }

    private Outcome outcome(ClassicHttpResponse response) {
        int status = response.getCode();
        String said = body(response.getEntity());
        if (status >= 200 && status < 300) {
            return Outcome.DONE;
        }
        String reason = "it answered " + status + (said.isBlank() ? "" : ": " + said);
        if (status >= 300 && status < 400) {
            return Outcome.retry(reason + " (redirects are not followed: give the address it leads to)");
        }
        if (REFUSALS.contains(status)) {
            return new Outcome.Refused(reason);
        }
        return new Outcome.Retry(reason, retryAfter(response.getFirstHeader("Retry-After")));
    }

    /// The beginning of the answer. Reading it to its end, where that is near, lets the connection be used
    /// again; what fails here changes nothing about the status.
    private String body(@Nullable HttpEntity entity) {
        if (entity == null) {
            return "";
        }
        try {
            InputStream content = entity.getContent();
            byte[] read = content.readNBytes(maxAnswerBytes);
            if (read.length < maxAnswerBytes) {
                content.close();
            }
            String text = new String(read, StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}+", " ")
                    .strip();
            return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        } catch (IOException _) {
            return "";
        }
    }

    private static @Nullable Duration retryAfter(@Nullable Header header) {
        return header != null && header.getValue() != null && header.getValue().matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header.getValue()))
                : null;
    }

    private String late() {
        return "it did not answer within " + patience.toMillis() + " ms";
    }

    private String reason(IOException e) {
        return switch (e) {
            case java.net.SocketTimeoutException _ -> late();
            case java.io.InterruptedIOException _ -> late();
            default -> Trouble.said(e);
        };
    }

    /// Asks the gate where a host is.
    private record Guarded(OutboundGate gate) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return gate.resolve(host, port).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": the port decides too");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
