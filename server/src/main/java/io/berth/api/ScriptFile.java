package io.berth.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.product.Script;
import io.berth.core.product.ScriptLinks;
import io.berth.web.Endpoint;
import io.berth.web.Exchange;
import io.berth.web.ProblemDocument;
import java.io.IOException;
import java.util.Optional;

/// Hands a script out to whoever has an address of it: the address is signed, the call is not.
public final class ScriptFile {
    private final ScriptLinks links;

    public ScriptFile(ScriptLinks links) {
        this.links = links;
    }

    public Endpoint endpoint() {
        return new Endpoint(Endpoint.Method.GET, ScriptLinks.PATH + "/{product}/{expires}/{signature}", this::fetch);
    }

    private void fetch(Exchange exchange) throws IOException {
        Optional<Script> script = links.open(
                exchange.parameter("product"), exchange.parameter("expires"), exchange.parameter("signature"));
        exchange.putHeader("Cache-Control", "no-store");
        if (script.isPresent()) {
            exchange.answer(
                    200, "text/javascript;charset=utf-8", script.get().source().getBytes(UTF_8));
        } else {
            exchange.answer(ProblemDocument.of("NOT_FOUND", 404, "there is no such file"));
        }
    }
}
