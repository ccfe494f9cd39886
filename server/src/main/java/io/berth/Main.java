package io.berth;

import io.berth.cli.Cli;
import io.berth.config.SettingsException;
import io.berth.core.ProblemException;
import io.berth.storage.StorageException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/// `berth up` starts the server; every other word is the command line's.
public final class Main {
    private static final int REFUSED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        Path defaultData = Path.of(System.getProperty("berth.data.default", "data"));
        switch (UpArguments.command(words)) {
            case "up" -> up(words, defaultData);
            case "rehearse" -> System.exit(Rehearsal.run(Path.of(words.getLast()), out()));
            default -> Cli.main(args);
        }
    }

    private static void up(List<String> words, Path defaultData) {
        try {
            UpArguments arguments = UpArguments.parse(words, defaultData);
            Berth berth = Berth.start(arguments, System.getenv(), InstantSource.system());
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                berth.close();
                                stopped.countDown();
                            },
                            "stop"));
            berth.announce(out(), Startup.millis());
            stopped.await();
        } catch (UpArguments.UsageException e) {
            fail(USAGE, e);
        } catch (StartException | SettingsException | StorageException | ProblemException e) {
            fail(REFUSED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("the start failed", e);
            fail(REFUSED, e);
        }
    }

    private static void fail(int code, Throwable why) {
        err().println("berth: " + why.getMessage());
        Runtime.getRuntime().halt(code);
    }

    private static PrintWriter out() {
        return new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    }

    private static PrintWriter err() {
        return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    }
}
