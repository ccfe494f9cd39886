package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.message.Downlink;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Route;
import io.berth.dialect.Route.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A wire whose client id is `PRODUCT/DEVICE` and whose password is the secret.
final class PlainDialect implements MqttDialect, MqttWire {
    @Override
    public String name() {
        return "plain";
    }

    @Override
    public MqttLogin read(MqttConnect connect) {
        String[] parts = connect.clientId().split("/", 2);
        if (parts.length < 2) {
            return new MqttLogin.NotMine();
        }
        return new PlainClaim(new DeviceId(parts[0], parts[1]), connect, this);
    }

    @Override
    public Route route(String topic) {
        return new Refused("nothing goes up");
    }

    @Override
    public boolean maySubscribe(TopicFilter filter) {
        return false;
    }

    @Override
    public Outgoing write(Downlink downlink) {
        throw new UnsupportedOperationException();
    }

    private record PlainClaim(DeviceId id, MqttConnect connect, MqttWire wire) implements MqttLogin.Claim {
        @Override
        public DeviceRef device() {
            return new DeviceRef.ById(id);
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("device", id.toString());
        }

        @Override
        public MqttVerdict verify(Optional<DeviceSnapshot> device) {
            Payload password = connect.password();
            Secret secret = device.map(known -> known.device().secret()).orElse(new Secret("none"));
            if (password != null && password.text().equals(secret.reveal())) {
                return new MqttVerdict.Accepted(device.orElseThrow(), wire);
            }
            String expected = Hmac.SHA256.hex(secret.bytes(), new byte[] {1});
            return new MqttVerdict.Refused(new LoginFailure(
                    ConnectAnswer.BAD_CREDENTIALS,
                    LoginFault.WRONG_SIGNATURE,
                    "the password is not the secret",
                    "burn the right secret",
                    new SignatureCheck("none", "the secret", expected, "given", Duration.ofSeconds(7))));
        }
    }
}
