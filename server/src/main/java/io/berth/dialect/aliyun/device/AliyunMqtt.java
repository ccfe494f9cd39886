package io.berth.dialect.aliyun.device;

import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.PskClaim;
import java.util.Optional;

/// Alibaba's MQTT. A login is its own when the client id carries parameters (`id|k=v,…|`) or the user name
/// reads `deviceName&productKey`.
public final class AliyunMqtt implements MqttDialect {
    private final DeviceServices services;
    private final boolean toleratesAnnouncedTls;

    /// @param services what devices may ask of the platform
    /// @param toleratesAnnouncedTls whether a client that announces TLS may come in clear, as behind a
    /// proxy that ends TLS; the vendor refuses it
    public AliyunMqtt(DeviceServices services, boolean toleratesAnnouncedTls) {
        this.services = services;
        this.toleratesAnnouncedTls = toleratesAnnouncedTls;
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public MqttLogin read(MqttConnect connect) {
        if (AliyunCertificateLogin.isMine(connect, services.certificates())) {
            return AliyunCertificateLogin.read(connect, services);
        }
        String username = connect.username();
        if (connect.clientId().indexOf('|') < 0 && (username == null || username.indexOf('&') < 0)) {
            return new MqttLogin.NotMine();
        }
        AliyunForm form = AliyunForm.of(connect);
        LoginFailure fault = form.fault(toleratesAnnouncedTls);
        if (fault != null) {
            return form.malformed(fault);
        }
        return switch (form.kind()) {
            case SECRET -> new AliyunLogin(form, services);
            case TOKEN -> new AliyunTokenLogin(form, services);
            case APPLICATION -> new AliyunApplication(form, services);
        };
    }

    @Override
    public Optional<PskClaim> psk(String identity) {
        return Optional.of(AliyunPsk.read(identity));
    }
}
