package io.berth.simulator.wire;

import io.berth.simulator.device.Login;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/// The server answered a CONNECT, and the answer was no.
public final class LoginRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LoginRefusedException(Login login, MqttConnectReturnCode code) {
        super("the server refused the login with CONNACK code " + (code.byteValue() & 0xff) + " (" + code + "): "
                + login);
    }
}
