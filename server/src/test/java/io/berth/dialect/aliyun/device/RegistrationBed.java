package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.enrol.EnrolmentLimits;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Product.Registration;
import io.berth.core.product.Products;
import io.berth.dialect.Attempt;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.MqttLogins.Outcome;
import io.berth.dialect.Branches;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.util.List;

/// Product `a1pk` of spec aliyun-device section 10, which registers whoever comes; `a1off` registers nobody,
/// devices of `a1x509` prove themselves by certificate. Each has a device `dev1`.
final class RegistrationBed {
    static final String SECRET = AliyunFleet.SECRET;

    final TestPlatform platform = new TestPlatform(new TestClock());
    private final DeviceDirectory directory = platform.registry.directory();
    DeviceServices services = platform.services(directory);

    RegistrationBed() {
        product("a1pk", AuthKind.SECRET, true);
        product("a1off", AuthKind.SECRET, false);
        product("a1x509", AuthKind.X509, true);
    }

    private void product(String key, AuthKind auth, boolean registers) {
        platform.products.create(new Products.Draft(
                key, key, key, new Secret("PRODSECRET000001"), auth, NodeType.DIRECT, DataFormat.JSON, registers));
        platform.products.register(key, new Registration(registers, registers));
        platform.devices.create(new Devices.Draft(new DeviceId(key, "dev1"), new Secret(SECRET), null, null));
    }

    void limits(EnrolmentLimits limits) {
        platform.enrolment = limits;
        services = platform.services(directory);
    }

    /// What the peer sees in the end.
    int code(String clientId, String username, String password, int keepAlive, boolean secure) {
        return switch (enrol(new Attempt(clientId, username, password, keepAlive, secure))) {
            case Outcome.Refused refused -> refused.answer().code();
            case Outcome.Accepted _, Outcome.Admitted _, Outcome.Enrolled _ -> 0;
        };
    }

    int code(String clientId, String username, String password) {
        return code(clientId, username, password, 60, true);
    }

    /// As a front goes on with whoever is admitted.
    Outcome enrol(String clientId, String username, String password) {
        return enrol(new Attempt(clientId, username, password, 60, true));
    }

    private Outcome enrol(Attempt attempt) {
        Outcome outcome = login(attempt);
        return outcome instanceof Outcome.Admitted admitted
                ? admitted.enrolment().get().toCompletableFuture().join()
                : outcome;
    }

    /// A login with a client id and a token.
    Outcome login(String id, String username, String token) {
        return login(id + "|authType=connwl,securemode=-2,_ss=1,ext=3,_v=sdk-c-4.2.0|", username, token, true);
    }

    Outcome login(String clientId, String username, String password, boolean secure) {
        return login(new Attempt(clientId, username, password, 60, secure));
    }

    private Outcome login(Attempt attempt) {
        return new MqttLogins(List.of(new AliyunMqtt(services, false)), directory)
                .login(attempt.connect())
                .toCompletableFuture()
                .join();
    }

    /// As a front goes on with whoever is accepted.
    void opened(Outcome outcome) {
        ((Outcome.Accepted) outcome).wire().opened(Branches.NONE);
    }
}
