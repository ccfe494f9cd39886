package io.berth.front.coap;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.message.Uplink;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapDialect;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapRequest;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.PskClaim;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Believes every device that exists: `POST /<way>/<device>`, where `say` is answered shortly, `tell` at
/// length, and `apart` in a message of its own.
final class FakeDialect implements CoapDialect {
    static final Payload LONG = Payload.of("0123456789".repeat(30));

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public CoapReading read(CoapRequest request) {
        List<String> path = request.path();
        return path.size() == 2
                ? new Claim(path.getFirst(), path.getLast(), request.payload())
                : new CoapReading.Answered(CoapCode.NOT_FOUND, "unknown path");
    }

    private record Claim(String way, String name, Payload payload) implements CoapReading.Claim {
        @Override
        public DeviceRef device() {
            return new DeviceRef.ById(new DeviceId("p", name));
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("way", way);
        }

        @Override
        public CoapVerdict verify(Optional<DeviceSnapshot> device) {
            if (device.isEmpty()) {
                LoginFailure unknown = LoginFailure.malformed(LoginFault.UNKNOWN_DEVICE, "unknown", "create it");
                return new CoapVerdict.Refused(CoapCode.FORBIDDEN, () -> unknown);
            }
            Route.Reader reader = (said, qos) -> new Reading.Accepted(new Uplink.Message("/" + way, qos, said), null);
            Payload answer = way.equals("tell") ? LONG : Payload.EMPTY;
            return new CoapVerdict.Message(
                    device.get(),
                    reader,
                    payload,
                    new CoapAnswer(CoapCode.CONTENT, CoapRequest.NO_FORMAT, answer, List.of(), way.equals("apart")));
        }
    }

    @Override
    public PskClaim psk(String identity) {
        return new PskClaim() {
            @Override
            public @Nullable DeviceRef device() {
                return null;
            }

            @Override
            public Map<String, String> fields() {
                return Map.of("identity", identity);
            }

            @Override
            public Secret key(Optional<DeviceSnapshot> device) {
                return new Secret("nobodys");
            }

            @Override
            public LoginFailure failure(Optional<DeviceSnapshot> device) {
                return LoginFailure.malformed(LoginFault.NOT_RECOGNISED, "nobody", "");
            }
        };
    }
}
