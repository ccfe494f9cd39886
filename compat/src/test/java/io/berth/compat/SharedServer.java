package io.berth.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands every test the same [BerthServer]: the packaged program in a process of its own, started by the first test
/// that asks and ended after the last. `-Dberth.data=DIR` names a running one to use instead.
final class SharedServer implements ParameterResolver {
    static {
        Awaitility.setDefaultTimeout(Arrivals.PATIENCE);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BerthServer.class;
    }

    @Override
    public BerthServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(BerthServer.class, _ -> start(), BerthServer.class);
    }

    private static BerthServer start() {
        try {
            String data = System.getProperty("berth.data");
            return data == null ? BerthServer.start() : BerthServer.at(Path.of(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
