package io.berth.rule.influxdb;

import static io.berth.core.ProblemException.require;

import io.berth.rule.Destination;
import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.RuleConfig;
import io.berth.rule.http.HttpDestination;
import io.berth.rule.http.HttpSender;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/// Writes a point for each message: `/api/v2/write` when an organisation is given, `/write` of InfluxDB 1
/// (which later ones understand too) when not.
public final class InfluxDbDestination implements Destination {
    private static final ContentType LINES = ContentType.create("text/plain", StandardCharsets.UTF_8);

    private final DestinationConfig.InfluxDb config;
    private final String address;
    private final PointLine line;
    private final HttpSender sender;

    public InfluxDbDestination(DestinationConfig.InfluxDb config, OutboundGate gate, RuleConfig limits) {
        this.config = config;
        require(!config.bucket().isBlank(), "\"bucket\" is empty");
        require((config.user() == null) == (config.password() == null), "\"user\" and \"password\" go together");
        require(config.token() == null || config.token().text().matches("[!-~]+"), "\"token\" has odd characters");
        require(config.token() == null || config.user() == null, "give either \"token\" or \"user\"");
        this.address = HttpSender.server(config.url()) + path(config);
        this.line = new PointLine(config);
        this.sender = new HttpSender(config.ca(), gate, limits);
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        HttpPost request = new HttpPost(address);
        request.setEntity(new StringEntity(line.write(message), LINES));
        if (config.token() != null) {
            request.setHeader("Authorization", "Token " + config.token().text());
        } else if (config.user() != null && config.password() != null) {
            request.setHeader("Authorization", HttpDestination.basic(config.user(), config.password()));
        }
        return sender.send(request);
    }

    @Override
    public void close() {
        sender.close();
    }

    private static String path(DestinationConfig.InfluxDb config) {
        String bucket = HttpSender.encoded(config.bucket());
        return config.org() == null
                ? "/write?db=" + bucket + "&precision=ms"
                : "/api/v2/write?org=" + HttpSender.encoded(config.org()) + "&bucket=" + bucket + "&precision=ms";
    }
}
