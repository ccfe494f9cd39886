package io.berth.front.http;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.login.LoginGuard;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;

/// What slows guessing and flooding down, for one peer.
///
/// @param host its address without port
record Guards(Desk desk, String host) {
    boolean block(DeviceRef device) {
        return blockAddress() || desk.platform().deviceGuard().blocks(device.toString());
    }

    boolean blockAddress() {
        return desk.platform().addressGuard().blocks(host);
    }

    /// Counts a refusal that may have been a guess.
    void failed(LoginFailure failure, String device) {
        if (failure.answer() == ConnectAnswer.BAD_CREDENTIALS) {
            desk.platform().addressGuard().failed(host);
            desk.platform().deviceGuard().failed(device);
        }
    }

    void succeeded(DeviceRef device) {
        desk.platform().deviceGuard().succeeded(device.toString());
    }

    /// Whether one more message of the device is too many within this second.
    boolean exceedsPace(DeviceId device) {
        LoginGuard pace = desk.pace();
        if (pace == null) {
            return false;
        }
        String key = device.toString();
        boolean exceeded = pace.blocks(key);
        pace.failed(key);
        return exceeded;
    }
}
