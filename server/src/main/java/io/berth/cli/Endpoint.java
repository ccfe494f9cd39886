package io.berth.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Which server to call, and as whom.
///
/// @param token the bearer token
/// @param authority PEM of the root that signed the server's certificate, empty to trust what Java trusts
/// @param whenSilent what to tell the operator when nobody answers there
record Endpoint(URI url, String token, Optional<Path> authority, String whenSilent) {

    static Endpoint remote(String server, String token, Optional<Path> authority) {
        URI url = url(server);
        return new Endpoint(url, token, authority, "nothing answers at " + url + ": is the server running there?");
    }

    /// Of the server that runs on this data directory, on this machine.
    static Endpoint local(Path data) {
        String stopped = "no server runs on " + data + ": start it with ./berth up";
        JsonObject runtime;
        try {
            runtime = Json.read(Files.readString(data.resolve("runtime.json")));
        } catch (NoSuchFileException _) {
            throw new RefusedException(stopped);
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException("cannot read " + data.resolve("runtime.json") + ": " + e.getMessage());
        }
        // the file outlives a server that was killed
        if (runtime.has("pid") && ProcessHandle.of(runtime.number("pid")).isEmpty()) {
            throw new RefusedException(stopped);
        }
        Path tokenFile = data.resolve(runtime.text("tokenFile"));
        try {
            return new Endpoint(
                    url(runtime.text("url")),
                    Files.readString(tokenFile).strip(),
                    runtime.find("caFile").map(data::resolve),
                    stopped);
        } catch (IOException _) {
            throw new RefusedException(
                    "cannot read the token in " + tokenFile + ": run this as the user who started the server");
        }
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // told below, like every other text that is no address
        }
        throw new RefusedException(
                "\"" + text + "\" is no server address: write http://HOST:PORT or https://HOST:PORT");
    }
}
