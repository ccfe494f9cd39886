package io.berth.web;

import java.io.IOException;

/// One path of the web server and what happens there. A path may hold parameters: `/products/{product}`.
public record Endpoint(Method method, String path, Handler handler) {
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /// Serves one request on its own virtual thread. An IOException means that the client is gone.
    @FunctionalInterface
    public interface Handler {
        void handle(Exchange exchange) throws IOException;
    }
}
