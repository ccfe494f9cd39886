package io.berth.rule.http;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.OutboundGate;
import io.berth.rule.RuleConfig;
import io.berth.rule.scene.Notifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/// Posts what scenes have to say, to where rules may go too. Tries once.
public final class HttpNotifier implements Notifier, AutoCloseable {
    private final OutboundGate gate;
    private final RuleConfig config;

    /// Made for the first message: reading the usual roots is a tenth of a start, and few scenes post.
    private @Nullable HttpSender sender;

    public HttpNotifier(OutboundGate gate, RuleConfig config) {
        this.gate = gate;
        this.config = config;
    }

    @Override
    public String send(URI url, Value.Fields message) throws InterruptedException {
        HttpPost request = new HttpPost(url);
        byte[] body = ValueJson.write(message).getBytes(StandardCharsets.UTF_8);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return switch (sender().send(request)) {
            case Outcome.Done _ -> "";
            case Outcome.Refused refused -> refused.reason();
            case Outcome.Retry retry -> retry.reason();
        };
    }

    private synchronized HttpSender sender() {
        HttpSender made = sender;
        if (made == null) {
            made = new HttpSender(null, gate, config);
            sender = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (sender != null) {
            sender.close();
        }
    }
}
