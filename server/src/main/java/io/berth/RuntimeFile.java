package io.berth;

import io.berth.api.NodeFacts;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// `runtime.json`: how programs on this machine find a server that is ready. Its shape is a contract.
///
/// @param tokenFile holds the bearer token of the local command line
/// @param caFile the root that signed the server certificate, PEM
record RuntimeFile(
        long pid, String version, String url, Path tokenFile, Path caFile, Map<String, NodeFacts.Listener> listeners) {
    static final String NAME = "runtime.json";
    static final String TOKEN = "token";

    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("pid", pid);
            json.writeStringProperty("version", version);
            json.writeStringProperty("url", url);
            json.writeStringProperty("tokenFile", tokenFile.toString());
            json.writeStringProperty("caFile", caFile.toString());
            json.writeName("listeners");
            json.writeStartObject();
            listeners.forEach((name, address) -> {
                json.writeName(name);
                json.writeStartObject();
                json.writeStringProperty("bind", address.bind());
                json.writeNumberProperty("port", address.port());
                json.writeEndObject();
            });
            json.writeEndObject();
            json.writeEndObject();
        }
        out.write('\n');
        return out.toByteArray();
    }
}
