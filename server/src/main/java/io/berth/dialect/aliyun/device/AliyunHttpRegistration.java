package io.berth.dialect.aliyun.device;

import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.enrol.Application.Kind;
import io.berth.core.enrol.Enrolment;
import io.berth.core.enrol.Hindrance;
import io.berth.core.login.LoginFault;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import io.berth.dialect.JsonText;
import io.berth.dialect.LoginFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `POST /auth/register/device`: a registered device fetches its secret (spec aliyun-device 2.1). Whatever it comes to,
/// the
/// status is 200; the body has the code first and is as short as an SDK's 255 octets demand.
record AliyunHttpRegistration(HttpRequest request, AliyunItem item, RegistrationSign sign, DeviceServices services) {
    private static final String TYPE = "application/x-www-form-urlencoded";
    /// Of what was sent, in the order a person checks it.
    private static final List<String> SHOWN = List.of("productKey", "deviceName", "random", "signMethod");

    private static final int MAX_SHOWN = 128;

    /// Five short parameters, percent-encoded.
    private static final int MAX_FORM = 4096;

    static HttpReading read(HttpRequest request, DeviceServices services) {
        AliyunItem item =
                AliyunHttp.isOfType(request, TYPE) ? form(request.body().text()).orElse(null) : null;
        if (item == null) {
            return new HttpReading.Answered(answer(AlinkCode.PARAMETER_ERROR), "malformed request");
        }
        if (!item.namesADevice()) {
            return malformed(item, LoginFault.MISSING_PARAMETER, "the form names no device that can be");
        }
        if (!request.isSecure()) {
            return malformed(
                    item, LoginFault.TRANSPORT_MISMATCH, "the registration came over an unencrypted connection");
        }
        Optional<RegistrationSign> sign = item.registrationSign();
        if (sign.isEmpty()) {
            return malformed(
                    item,
                    LoginFault.MISSING_PARAMETER,
                    "random or sign is missing, or signMethod has an unknown value");
        }
        AliyunHttpRegistration registration = new AliyunHttpRegistration(request, item, sign.get(), services);
        return new HttpReading.Later(registration::enrol);
    }

    private HttpReading enrol() {
        SignedApplication signed = new SignedApplication(Kind.OWN_SECRET, sign);
        try {
            return switch (services.enrolments()
                    .enrol(signed.application(), request.channel().host())) {
                case Enrolment.OwnSecret(Device device) -> new HttpReading.Served(success(device), "enrolled");
                case Enrolment.Hindered(Hindrance hindrance) ->
                    refused(
                            item,
                            HinderedRegistration.code(hindrance),
                            signed.hindered(hindrance).failure());
                case Enrolment.Token _ -> throw new IllegalStateException("a token for who wanted a secret");
            };
        } catch (ProblemException e) {
            LoginFailure failure = LoginFailure.unavailable("the registry could not be asked", e);
            return refused(item, AlinkAnswer.of(e.problem()).code(), failure);
        }
    }

    private static HttpAnswer success(Device device) {
        String data = JsonText.object()
                .text("deviceName", device.id().name())
                .text("deviceSecret", device.secret().reveal())
                .text("productKey", device.id().product())
                .end();
        return HttpAnswer.json(
                200,
                JsonText.object()
                        .number("code", AlinkCode.SUCCESS.number())
                        .json("data", data)
                        .text("message", AlinkCode.SUCCESS.message())
                        .end());
    }

    private static HttpAnswer answer(AlinkCode code) {
        return HttpAnswer.json(
                200,
                JsonText.object()
                        .number("code", code.number())
                        .text("message", code.message())
                        .end());
    }

    private static HttpReading malformed(AliyunItem item, LoginFault fault, String cause) {
        return refused(
                item,
                AlinkCode.PARAMETER_ERROR,
                LoginFailure.malformed(
                        fault, cause, "send productKey, deviceName, random, sign and signMethod as a form, by https"));
    }

    private static HttpReading refused(AliyunItem item, AlinkCode code, LoginFailure failure) {
        DeviceId device = item.namesADevice() ? item.device() : null;
        return new HttpReading.Refused(
                answer(code),
                device == null ? null : new DeviceRef.ById(device),
                device == null ? shortened(item.deviceName() + "&" + item.productKey()) : device.toString(),
                fields(item),
                failure);
    }

    private static Map<String, String> fields(AliyunItem item) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : SHOWN) {
            String value = item.members().get(name.toLowerCase(Locale.ROOT));
            if (value != null) {
                fields.put(name, shortened(value));
            }
        }
        return fields;
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(MAX_SHOWN, text.length()));
    }

    /// Empty when it is none. Of a parameter that comes twice the first counts.
    private static Optional<AliyunItem> form(String body) {
        if (body.length() > MAX_FORM) {
            return Optional.empty();
        }
        Map<String, String> members = new HashMap<>();
        try {
            for (String pair : body.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    members.putIfAbsent(
                            decoded(pair.substring(0, equals)).toLowerCase(Locale.ROOT),
                            decoded(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        return Optional.of(new AliyunItem(members));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
