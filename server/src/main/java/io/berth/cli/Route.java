package io.berth.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path of the API and its query, percent-encoded: names may hold any character a vendor allows.
final class Route {
    private final StringBuilder text;
    private boolean query;

    private Route(StringBuilder text) {
        this.text = text;
    }

    static Route of(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            if (segment.isEmpty()) {
                throw new RefusedException("an empty name names nothing");
            }
            path.append('/').append(encode(segment));
        }
        return new Route(path);
    }

    /// Adds a query parameter; one that is null stays away.
    Route with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(query ? '&' : '?').append(name).append('=').append(encode(value.toString()));
            query = true;
        }
        return this;
    }

    Route copy() {
        Route copy = new Route(new StringBuilder(text));
        copy.query = query;
        return copy;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
