package io.berth.front.http;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusalStore;
import io.berth.core.session.Traffic;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.Intake;
import java.time.InstantSource;
import java.util.List;

/// Whom the front works with.
///
/// @param deviceGuard slows down guessing at one device
/// @param addressGuard slows down guessing from one address; its bound leaves room for many devices behind
/// one NAT
public record HttpPlatform(
        List<HttpDialect> dialects,
        DeviceDirectory directory,
        Intake intake,
        RefusalStore refusals,
        LoginGuard deviceGuard,
        LoginGuard addressGuard,
        Traffic traffic,
        InstantSource clock) {
    public HttpPlatform {
        dialects = List.copyOf(dialects);
    }
}
