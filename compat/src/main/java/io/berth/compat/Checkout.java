package io.berth.compat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the built parts of this checkout lie, seen from the class path: `compat/target/classes` and
/// `compat/target/berth-compat.jar` are equally deep.
final class Checkout {
    private Checkout() {}

    static Path serverJar() {
        return built("server/target/berth-server.jar");
    }

    static Path simulatorJar() {
        return built("simulator/target/berth-simulator.jar");
    }

    private static Path built(String path) {
        Path jar = compat().resolveSibling(path);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: build it first (./berth bench --help does it)");
        }
        return jar;
    }

    static Path nodeFolder() {
        return compat().resolve("node");
    }

    /// A program for an SDK that is too old to be on our class path.
    static Path oldSdkProgram() {
        return compat().resolve("old-sdk/OldSdk.java");
    }

    /// The SDK it needs, as the build fetched it.
    static Path oldSdkJars() {
        return compat().resolve("target/old-sdk");
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path compat() {
        try {
            Path classes = Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path target = classes.getParent();
            if (target == null || target.getParent() == null) {
                throw new IllegalStateException("not in a checkout: " + classes);
            }
            return target.getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
