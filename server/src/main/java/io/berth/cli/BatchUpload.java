package io.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Sends a list of devices to register.
final class BatchUpload {
    private final Api api;
    private final Shell shell;

    BatchUpload(Api api, Shell shell) {
        this.api = api;
        this.shell = shell;
    }

    /// The batch the server made of it.
    JsonObject read(String product, String file, @Nullable String name, boolean check) {
        // a server that refuses the caller closes the connection under the upload, and its reason is lost
        api.get(Route.of("products", product));
        Route route = Route.of("products", product, "registrations", "file")
                .with("name", name)
                .with("check", check ? true : null);
        UploadProgress csv = UploadProgress.of(file, shell);
        try (csv;
                AnswerLines answer = api.send(route, "text/csv", csv)) {
            csv.clear();
            return answer.next().orElseThrow(() -> new RefusedException("the server ended its answer without a batch"));
        } catch (IOException e) {
            throw RefusedException.unreadable(Path.of(file), e);
        }
    }
}
