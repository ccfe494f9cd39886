package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.enrol.Application.Kind;
import io.berth.core.enrol.Enrolment;
import io.berth.core.enrol.Hindrance;
import io.berth.core.message.Qos;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.JsonText;
import io.berth.dialect.MqttEnrolment;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import io.berth.dialect.Outgoing.Publish;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A CONNECT that asks for credentials (spec aliyun-device 1.4): `authType=register` for the device's secret,
/// `regnwl` for a token.
final class AliyunApplication implements MqttLogin.Application {
    private static final String REGISTER = "/ext/register";
    private static final String WITHOUT_PREREGISTRATION = "/ext/regnwl";

    private final AliyunForm form;
    private final SignedApplication signed;
    private final DeviceServices services;

    AliyunApplication(AliyunForm form, DeviceServices services) {
        this.form = form;
        this.services = services;
        Map<String, String> parameters = form.clientId().parameters();
        this.signed = new SignedApplication(
                // securemode does not tell: SDKs send 2 for both
                form.clientId().authType().equals("regnwl") ? Kind.TOKEN : Kind.OWN_SECRET,
                new RegistrationSign(
                        AliyunSign.method(parameters.get("signmethod")).orElse(Hmac.MD5),
                        form.device(),
                        parameters.getOrDefault("random", ""),
                        form.password().text()));
    }

    @Override
    public DeviceId device() {
        return form.device();
    }

    @Override
    public Map<String, String> fields() {
        return form.fields();
    }

    @Override
    public Optional<MqttVerdict.Refused> objection() {
        return services.enrolments().hindrance(signed.application()).map(this::refused);
    }

    @Override
    public MqttEnrolment enrol() {
        return switch (services.enrolments().enrol(signed.application(), host())) {
            case Enrolment.OwnSecret(Device device) ->
                enrolled(
                        AliyunItem.json(device.id())
                                .text("deviceSecret", device.secret().reveal())
                                .end(),
                        REGISTER);
            case Enrolment.Token token ->
                // the manual names /ext/register for both, and every SDK listens on the other
                enrolled(
                        JsonText.object()
                                .text("clientId", token.unit())
                                .text("productKey", form.productKey())
                                .text("deviceName", form.deviceName())
                                .text("deviceToken", token.token().reveal())
                                .end(),
                        WITHOUT_PREREGISTRATION,
                        REGISTER);
            case Enrolment.Hindered(Hindrance hindrance) -> refused(hindrance);
        };
    }

    private MqttEnrolment enrolled(String credentials, String... topics) {
        return new MqttEnrolment.Granted(
                device(),
                List.of(topics).stream()
                        .map(topic -> Publish.implicit(topic, Qos.AT_MOST_ONCE, Payload.of(credentials)))
                        .toList());
    }

    private MqttVerdict.Refused refused(Hindrance hindrance) {
        return new MqttVerdict.Refused(
                HinderedRegistration.answer(hindrance),
                () -> signed.hindered(hindrance).failure());
    }

    private String host() {
        return form.connect().channel().host();
    }
}
