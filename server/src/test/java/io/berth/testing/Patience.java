package io.berth.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// How long tests wait for what must come, found by JUnit as a service. It costs nothing where it comes: a
/// machine that has other things to do may stand still for seconds, and then no test shall fail.
public final class Patience implements LauncherSessionListener {
    /// For waits of other kinds, too.
    public static final Duration LONG = Duration.ofSeconds(30);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONG);
        // threads that an earlier test left behind may end as they like: no matter of whoever waits
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
