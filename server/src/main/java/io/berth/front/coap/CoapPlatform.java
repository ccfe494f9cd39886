package io.berth.front.coap;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusalStore;
import io.berth.core.session.Traffic;
import io.berth.dialect.CoapDialect;
import io.berth.dialect.Intake;
import java.time.InstantSource;

/// Whom the front works with.
///
/// @param guard bounds how many refusals of one device are looked into. It refuses nobody: whoever sends
/// datagrams can name any device, and any address as its own
public record CoapPlatform(
        CoapDialect dialect,
        DeviceDirectory directory,
        Intake intake,
        RefusalStore refusals,
        LoginGuard guard,
        Traffic traffic,
        InstantSource clock) {}
