package io.berth;

/// How long the start took. The launcher says when it let go (`BERTH_STARTED`, seconds since 1970 with a fraction), so
/// that
/// the JVM's own start counts; without it the clock starts in [Main].
final class Startup {
    private static final long MAIN_STARTED = System.currentTimeMillis();

    private Startup() {}

    static long millis() {
        String launched = System.getenv("BERTH_STARTED");
        long since = launched == null ? MAIN_STARTED : parse(launched);
        return System.currentTimeMillis() - since;
    }

    private static long parse(String seconds) {
        try {
            return (long) (Double.parseDouble(seconds.replace(',', '.')) * 1000);
        } catch (NumberFormatException e) {
            return MAIN_STARTED;
        }
    }
}
