package io.berth.dialect.aliyun.device;

import io.berth.core.certificate.CertificateFacts;
import io.berth.core.certificate.CertificateLogins;
import io.berth.core.certificate.CertificateProof;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// A login by a certificate that the platform made (spec aliyun-device 1.6). The certificate alone says which
/// device it is; client id, user name and password may be anything, but may not name another one.
final class AliyunCertificateLogin implements MqttLogin.Shown {
    private static final int MAX_CLAIM = 128;

    private final AliyunForm form;
    private final DeviceServices services;

    private AliyunCertificateLogin(AliyunForm form, DeviceServices services) {
        this.form = form;
        this.services = services;
    }

    /// A certificate of the platform is enough, unless the login has a form that is not the vendor's. One of
    /// somebody else's is looked at, and refused, where the login has nothing else to show.
    static boolean isMine(MqttConnect connect, CertificateLogins certificates) {
        if (connect.presented().isEmpty()) {
            return false;
        }
        String username = connect.username() == null ? "" : connect.username();
        boolean vendors = connect.clientId().indexOf('|') >= 0 || username.indexOf('&') >= 0;
        return certificates.looksOwn(connect.presented())
                ? vendors || username.isEmpty()
                : vendors && !connect.hasPassword();
    }

    static MqttLogin read(MqttConnect connect, DeviceServices services) {
        AliyunForm form = AliyunForm.of(connect);
        AliyunCertificateLogin login = new AliyunCertificateLogin(form, services);
        LoginFailure fault = form.faultOfShown();
        return fault == null ? login : new Malformed(null, login.claimed(), login.fields(), fault);
    }

    @Override
    public String claimed() {
        String username = form.connect().username();
        String text = username == null || username.isEmpty() ? form.connect().clientId() : username;
        return text.substring(0, Math.min(MAX_CLAIM, text.length()));
    }

    @Override
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>(form.fields());
        fields.putAll(CertificateFacts.of(form.connect().presented()));
        return fields;
    }

    @Override
    public CompletionStage<Settled> settle() {
        return services.certificates().identify(form.connect().presented()).thenApply(proof -> switch (proof) {
            case CertificateProof.Given given -> new Settled(given.device().id(), decide(given));
            case CertificateProof.Missing missing ->
                new Settled(
                        missing.device() != null ? missing.device() : form.claim(),
                        refused(missing.fault(), missing.cause(), missing.fix()));
        });
    }

    private MqttVerdict decide(CertificateProof.Given given) {
        DeviceId id = given.device().id();
        DeviceId claim = form.claim();
        if (claim != null && !claim.equals(id)) {
            return refused(
                    LoginFault.OTHER_CERTIFICATE,
                    "the user name says " + claim + ", and the certificate is that of " + id,
                    "give each device its own certificate, or send & as user name");
        }
        if (!given.device().device().enabled()) {
            return new MqttVerdict.Refused(LoginFailure.disabled());
        }
        if (given.device().product().auth() != AuthKind.X509) {
            return refused(
                    LoginFault.WRONG_AUTH_KIND,
                    "devices of product " + id.product() + " log in with their secret, this one showed a certificate",
                    "log in with the secret, or keep the device in a product whose devices use certificates");
        }
        return new MqttVerdict.Accepted(
                given.device(),
                AliyunWire.ofShown(given.device(), form.clientId(), services, claim == null),
                "accepted-certificate",
                given.certificate());
    }

    /// Whoever shows no good certificate is not authorised, whatever is wrong with it (spec aliyun-device 1.8).
    private static MqttVerdict refused(LoginFault fault, String cause, String fix) {
        return new MqttVerdict.Refused(LoginFailure.denied(fault, cause, fix));
    }
}
