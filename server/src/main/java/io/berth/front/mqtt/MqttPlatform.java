package io.berth.front.mqtt;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusalStore;
import io.berth.core.session.Messages;
import io.berth.core.session.SessionStore;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.dialect.MqttLogins;
import java.time.InstantSource;

/// Whom the front works with.
///
/// @param deviceGuard slows down guessing at one device, by the user name it is claimed with
/// @param addressGuard slows down guessing from one address; its bound leaves room for many devices behind one NAT
public record MqttPlatform(
        MqttLogins logins,
        DeviceDirectory directory,
        Sessions sessions,
        Uplinks uplinks,
        Messages messages,
        SessionStore store,
        RefusalStore refusals,
        LoginGuard deviceGuard,
        LoginGuard addressGuard,
        Traffic traffic,
        InstantSource clock) {}
