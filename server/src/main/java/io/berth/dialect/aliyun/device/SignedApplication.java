package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Secret;
import io.berth.core.enrol.Application;
import io.berth.core.enrol.Hindrance;

/// A signed registration on its way through core: remembers the secret it was held against, so that the
/// likely mistake is looked for only after the peer was answered. One thread at a time.
final class SignedApplication {
    private final Application.Kind kind;
    private final RegistrationSign sign;
    private Secret tried = new Secret("-");

    SignedApplication(Application.Kind kind, RegistrationSign sign) {
        this.kind = kind;
        this.sign = sign;
    }

    Application application() {
        return new Application(kind, sign.device(), this::isBy);
    }

    HinderedRegistration hindered(Hindrance hindrance) {
        return new HinderedRegistration(hindrance, sign, tried);
    }

    private boolean isBy(Secret productSecret) {
        tried = productSecret;
        return sign.isBy(productSecret);
    }
}
