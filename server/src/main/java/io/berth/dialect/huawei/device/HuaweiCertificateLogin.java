package io.berth.dialect.huawei.device;

import io.berth.core.certificate.CertificateFacts;
import io.berth.core.certificate.CertificateProof;
import io.berth.core.login.LoginFault;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// A login by certificate (spec huawei-iotda 2.5): the device says who it is as ever, and instead of a
/// password it showed a certificate.
final class HuaweiCertificateLogin implements MqttLogin.Shown {
    private final HuaweiForm form;
    private final DeviceServices services;

    HuaweiCertificateLogin(HuaweiForm form, DeviceServices services) {
        this.form = form;
        this.services = services;
    }

    @Override
    public String claimed() {
        return form.clientId().deviceId();
    }

    @Override
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>(form.fields());
        fields.putAll(CertificateFacts.of(form.connect().presented()));
        return fields;
    }

    @Override
    public CompletionStage<Settled> settle() {
        return services.certificates()
                .confirm(form.connect().presented(), claimed())
                .thenApply(proof -> switch (proof) {
                    case CertificateProof.Given given ->
                        new Settled(given.device().id(), decide(given));
                    // on any other answer the vendor's SDK tries again for ever
                    case CertificateProof.Missing missing ->
                        new Settled(
                                missing.device(),
                                refused(
                                        ConnectAnswer.BAD_CREDENTIALS,
                                        missing.fault(),
                                        missing.cause(),
                                        missing.fix()));
                });
    }

    private MqttVerdict decide(CertificateProof.Given given) {
        return given.device().device().enabled()
                ? new MqttVerdict.Accepted(
                        given.device(),
                        new HuaweiWire(given.device(), services),
                        "accepted-certificate",
                        given.certificate())
                : refused(
                        ConnectAnswer.NOT_AUTHORISED, LoginFault.DEVICE_DISABLED, "the device is frozen", "enable it");
    }

    private static MqttVerdict refused(ConnectAnswer answer, LoginFault fault, String cause, String fix) {
        return new MqttVerdict.Refused(new LoginFailure(answer, fault, cause, fix, null));
    }
}
