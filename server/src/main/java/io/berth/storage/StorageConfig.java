package io.berth.storage;

import static io.berth.core.ProblemException.require;

/// The `storage.…` keys.
///
/// @param url a JDBC address; empty: SQLite, in `berth.db` of the data directory
/// @param user of PostgreSQL; empty: as the address says
/// @param password of PostgreSQL, never printed; empty: as the address says
/// @param readers connections that read
/// @param writers connections that write; SQLite always has one
/// @param writeQueue how many writes may wait per writer, and how many background reads, before callers are
/// refused
/// @param cacheDevices how many devices are kept in memory
/// @param messagesPerDevice how many unconfirmed messages are kept per device
/// @param refusalsKept how many refused logins are kept
/// @param deviceLogLines how many lines of its log are kept per device
/// @param deadLettersKept how many events nobody accepted are kept per consumer group, the newest
/// @param devicesPerProduct how many devices a product may have
/// @param things what devices report
public record StorageConfig(
        String url,
        String user,
        String password,
        int readers,
        int writers,
        int writeQueue,
        int cacheDevices,
        int messagesPerDevice,
        int refusalsKept,
        int deviceLogLines,
        int deadLettersKept,
        int devicesPerProduct,
        ThingStateConfig things) {

    public static final StorageConfig DEFAULT = new StorageConfig(
            "", "", "", 3, 4, 20_000, 100_000, 1_000, 10_000, 1_000, 10_000, 500_000, ThingStateConfig.DEFAULT);

    public StorageConfig {
        require(
                url.isEmpty() || url.startsWith("jdbc:sqlite:") || url.startsWith("jdbc:postgresql:"),
                "storage.url begins with jdbc:sqlite: or jdbc:postgresql:");
        within("readers", readers, 1, 100);
        within("writers", writers, 1, 100);
        within("write-queue", writeQueue, 1, 1_000_000);
        within("cache-devices", cacheDevices, 1, 100_000_000);
        within("messages-per-device", messagesPerDevice, 1, 1_000_000);
        within("refusals-kept", refusalsKept, 1, 1_000_000);
        within("device-log-lines", deviceLogLines, 1, 1_000_000);
        within("dead-letters-kept", deadLettersKept, 1, 1_000_000);
        within("devices-per-product", devicesPerProduct, 1, 100_000_000);
    }

    @Override
    public String toString() {
        return "StorageConfig[readers=" + readers + ", writers=" + writers + ", writeQueue=" + writeQueue
                + ", cacheDevices=" + cacheDevices + ", messagesPerDevice=" + messagesPerDevice + ", refusalsKept="
                + refusalsKept + ", deviceLogLines=" + deviceLogLines + ", deadLettersKept=" + deadLettersKept
                + ", devicesPerProduct=" + devicesPerProduct + ", things=" + things + "]";
    }

    private static void within(String key, int value, int least, int most) {
        require(value >= least && value <= most, "storage." + key + " is " + least + " to " + most + ", not " + value);
    }
}
