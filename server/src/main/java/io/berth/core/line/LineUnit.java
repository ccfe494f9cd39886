package io.berth.core.line;

import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A hardware id that is listed, and what became of it: the row of the vendor's device table (spec
/// aliyun-openapi 5). Its secret is with its device.
///
/// @param reserved whether it has its place in the quota
/// @param blocked whether an operator stopped it
/// @param registered when it became a device, null before
/// @param issues how often its secret was handed out since an operator opened it last
/// @param issued the newest time
/// @param burned when someone confirmed that it carries the secret
/// @param activated when the device logged in first
public record LineUnit(
        HardwareId id,
        LineBatch batch,
        Instant listed,
        boolean reserved,
        boolean blocked,
        @Nullable Instant registered,
        long issues,
        @Nullable Visit issued,
        @Nullable Visit burned,
        @Nullable Instant activated) {

    /// Who came for it.
    ///
    /// @param station by name
    /// @param address without port
    public record Visit(Instant at, String station, String address) {
        boolean isFromWhere(Visit other) {
            return station.equals(other.station) && address.equals(other.address);
        }
    }

    public DeviceId device() {
        return new DeviceId(batch.product(), id.text());
    }

    /// Whether the device shows that it has its secret, and had time to be asked again.
    boolean isOver(Instant now, Duration grace) {
        return Stream.of(burned == null ? Instant.MAX : burned.at(), activated == null ? Instant.MAX : activated)
                .anyMatch(proof -> proof.isBefore(now.minus(grace)));
    }
}
