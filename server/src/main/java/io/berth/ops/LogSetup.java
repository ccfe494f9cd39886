package io.berth.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Configures the log: INFO of Berth, WARN of its libraries, to standard error; lines for people, or JSON when the
/// environment says `BERTH_LOG=json`. Found by Logback through the service loader.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LineEncoder encoder = "json".equals(System.getenv("BERTH_LOG")) ? new JsonLines() : new PlainLines();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(console);
        context.getLogger("io.berth").setLevel(berthLevel());
        // it warns of what strangers send: that is counted, and no matter of the log
        context.getLogger("org.eclipse.californium").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// `BERTH_LOG_LEVEL=debug` shows what each device sends and gets (logger `io.berth.device`).
    private static Level berthLevel() {
        return Level.toLevel(System.getenv("BERTH_LOG_LEVEL"), Level.INFO);
    }
}
