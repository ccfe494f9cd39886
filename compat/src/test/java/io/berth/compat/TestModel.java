package io.berth.compat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/// The thing models beside the tests, as Alibaba's console exports them.
final class TestModel {
    private TestModel() {}

    /// Makes a file of the test resources the published model of a product.
    static void publish(BerthServer berth, String product, String file) throws IOException {
        URL found = Objects.requireNonNull(TestModel.class.getClassLoader().getResource(file), file);
        try {
            berth.cli("thing", "import", product, Path.of(found.toURI()).toString(), "--publish");
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
