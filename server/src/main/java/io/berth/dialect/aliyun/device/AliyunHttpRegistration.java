package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.enrol.Application.Kind;
import io.berth.core.enrol.Enrolment;
import io.berth.core.enrol.Hindrance;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.JsonText;
import io.berth.dialect.LoginFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `POST /auth/register/device` (spec aliyun-device 2.1): a registered device fetches its secret over HTTPS.
/// Whatever it comes to, the status is 200; the body has the code first and as much as an SDK's 255 octets
/// take.
public final class AliyunHttpRegistration {
    public static final String PATH = "/auth/register/device";
    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";
    /// Five short parameters, percent-encoded.
    public static final int MAX_BYTES = 4096;

    private final DeviceServices services;

    public AliyunHttpRegistration(DeviceServices services) {
        this.services = services;
    }

    /// @param body JSON without blanks
    /// @param isGuess whether the caller may have guessed, to be counted against its address
    /// @param refusal for the operator, worked out when asked; null when the device has its secret
    public record Answer(
            Payload body, boolean isGuess, @Nullable Supplier<Refusal> refusal) {}

    /// Blocking.
    ///
    /// @param body as it came
    /// @param secure whether it came encrypted: a secret travels back
    public Answer answer(Payload body, boolean secure, Refusal.Channel channel) {
        Optional<AliyunItem> form = form(body.text());
        if (form.isEmpty() || !form.get().namesADevice()) {
            return refused(new Asked(form, null, channel), AlinkCode.PARAMETER_ERROR, malformed("names no device"));
        }
        AliyunItem item = form.get();
        Asked asked = new Asked(form, item.device(), channel);
        if (!secure) {
            return refused(
                    asked,
                    AlinkCode.PARAMETER_ERROR,
                    LoginFailure.malformed(
                            LoginFault.TRANSPORT_MISMATCH,
                            "the registration came over an unencrypted connection",
                            "use https: a secret travels in the answer"));
        }
        Optional<RegistrationSign> sign = item.registrationSign();
        if (sign.isEmpty()) {
            return refused(
                    asked, AlinkCode.PARAMETER_ERROR, malformed("lacks random or sign, or has an unknown signMethod"));
        }
        return enrol(asked, new SignedApplication(Kind.OWN_SECRET, sign.get()));
    }

    private Answer enrol(Asked asked, SignedApplication signed) {
        try {
            return switch (services.enrolments()
                    .enrol(signed.application(), asked.channel().host())) {
                case Enrolment.OwnSecret(Device device) -> new Answer(success(device), false, null);
                case Enrolment.Hindered(Hindrance hindrance) -> hindered(asked, signed, hindrance);
                case Enrolment.Token _ -> throw new IllegalStateException("a token for who wanted a secret");
            };
        } catch (ProblemException e) {
            return refused(
                    asked,
                    AlinkAnswer.of(e.problem()).code(),
                    new LoginFailure(
                            ConnectAnswer.UNAVAILABLE,
                            LoginFault.UNAVAILABLE,
                            "the registry could not be asked: " + e.getMessage(),
                            "check the store (disk, database connection); the device may try again",
                            null));
        }
    }

    private static Payload success(Device device) {
        String data = JsonText.object()
                .text("deviceName", device.id().name())
                .text("deviceSecret", device.secret().reveal())
                .text("productKey", device.id().product())
                .end();
        return JsonText.object()
                .number("code", AlinkCode.SUCCESS.number())
                .json("data", data)
                .text("message", AlinkCode.SUCCESS.message())
                .payload();
    }

    private Answer hindered(Asked asked, SignedApplication signed, Hindrance hindrance) {
        return new Answer(
                failure(HinderedRegistration.code(hindrance)),
                hindrance != Hindrance.TOO_MANY,
                () -> refusal(asked, signed.hindered(hindrance).failure()));
    }

    private Answer refused(Asked asked, AlinkCode code, LoginFailure failure) {
        return new Answer(failure(code), false, () -> refusal(asked, failure));
    }

    private static Payload failure(AlinkCode code) {
        return JsonText.object()
                .number("code", code.number())
                .text("message", code.message())
                .payload();
    }

    private static LoginFailure malformed(String what) {
        return LoginFailure.malformed(
                LoginFault.MISSING_PARAMETER,
                "the form " + what,
                "send productKey, deviceName, random, sign and signMethod as " + CONTENT_TYPE);
    }

    /// One request, as far as it could be read.
    private record Asked(
            Optional<AliyunItem> form, @Nullable DeviceId device, Refusal.Channel channel) {
        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            form.ifPresent(item -> item.members().forEach((name, value) -> {
                if (!name.equals("sign")) {
                    fields.put(name, value);
                }
            }));
            return fields;
        }
    }

    private Refusal refusal(Asked asked, LoginFailure failure) {
        return new Refusal(
                services.clock().instant(),
                "aliyun",
                asked.device(),
                asked.device() != null ? asked.device().toString() : "",
                failure.fault(),
                failure.cause(),
                failure.fix(),
                asked.fields(),
                failure.check(),
                asked.channel());
    }

    /// Empty when it is none. Of a parameter that comes twice the first counts.
    private static Optional<AliyunItem> form(String body) {
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
