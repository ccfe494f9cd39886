package io.berth.front.http;

import org.jspecify.annotations.Nullable;

/// What a request line asks for (RFC 9112 section 3.2): a path, or a whole address as through a proxy.
///
/// @param query null when there is no `?`
record Target(String path, @Nullable String query) {
    static Target of(String uri) {
        String local = uri.startsWith("/") ? uri : afterAuthority(uri);
        int question = local.indexOf('?');
        return question < 0
                ? new Target(local, null)
                : new Target(local.substring(0, question), local.substring(question + 1));
    }

    private static String afterAuthority(String uri) {
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        return slash < 0 ? "" : uri.substring(slash);
    }
}
