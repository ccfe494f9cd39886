package io.berth.dialect.aliyun.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SubscriberDialect;
import io.berth.dialect.SubscriberRights;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Alibaba's login of an AMQP client: the user name says who and for which group, the password signs it (spec
/// aliyun-openapi 4.1).
public final class AliyunSubscriber implements SubscriberDialect {
    private static final LinkRules RULES = new LinkRules(128, 1, false);
    private static final int MAX_CLIENT_ID = 64;

    /// Stands in for the secret of a key that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    /// A timestamp within this of now was meant as the time; clients also send constants far from it.
    private static final Duration PLAUSIBLE_SKEW = Duration.ofDays(366);

    private final Duration tolerated;
    private final InstantSource clock;

    /// @param tolerated how far the timestamp may be from now; zero: it is not checked, as public clients send
    /// constants
    public AliyunSubscriber(Duration tolerated, InstantSource clock) {
        this.tolerated = tolerated;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public SubscriberLogin read(String user, Secret password, Keys keys) {
        Optional<SubscriberName> name = SubscriberName.parse(user);
        if (name.isEmpty()) {
            return new SubscriberLogin.NotMine();
        }
        SubscriberLogin.Refused malformed = malformed(name.get());
        return malformed != null ? malformed : verify(name.get(), password, keys);
    }

    private static SubscriberLogin.@Nullable Refused malformed(SubscriberName name) {
        if (name.clientId().isEmpty() || name.clientId().length() > MAX_CLIENT_ID) {
            return refused(
                    name, LoginFault.MALFORMED_CLIENT_ID, "the client id has no or too many characters", "use 1 to 64");
        }
        if (!name.isClosed()) {
            return refused(name, LoginFault.MALFORMED_USER_NAME, "the user name does not end with a bar", "append |");
        }
        String mode = name.get("authMode");
        if (mode.equals("ststoken")) {
            return refused(
                    name,
                    LoginFault.UNSUPPORTED_PARAMETER,
                    "authMode=ststoken: there are no role sessions here",
                    "use authMode=aksign with an access key");
        }
        if (!mode.equals("aksign")) {
            return refused(name, LoginFault.UNSUPPORTED_PARAMETER, "authMode=" + mode + " means nothing", "use aksign");
        }
        if (method(name).isEmpty()) {
            return refused(
                    name,
                    LoginFault.UNSUPPORTED_PARAMETER,
                    "signMethod=" + name.get("signMethod") + " means nothing",
                    "use hmacmd5, hmacsha1 or hmacsha256");
        }
        for (String needed : new String[] {"authId", "timestamp", "consumerGroupId"}) {
            if (name.get(needed).isEmpty()) {
                return refused(name, LoginFault.MISSING_PARAMETER, needed + " is missing", "send it in the user name");
            }
        }
        return null;
    }

    private SubscriberLogin verify(SubscriberName name, Secret password, Keys keys) {
        Hmac method = method(name).orElseThrow();
        String content = content(name);
        Optional<AccessKey> key = keys.find(name.get("authId"));
        String expected = base64(method.sign(key.map(AccessKey::secret).orElse(NOBODYS), content));
        boolean isRight = MessageDigest.isEqual(expected.getBytes(US_ASCII), password.bytes());
        Duration skew = skew(name.get("timestamp"));
        if (key.isEmpty()) {
            return refused(
                    name,
                    LoginFault.UNKNOWN_CALLER,
                    "there is no access key \"" + name.get("authId") + "\"",
                    "create it, or correct authId");
        }
        SignatureCheck check = new SignatureCheck(
                name.get("signMethod").toLowerCase(Locale.ROOT), content, expected, shown(password, expected), skew);
        if (!isRight) {
            LoginMistake mistake = mistake(name, key.get().secret(), password);
            return new SubscriberLogin.Refused(LoginFault.WRONG_SIGNATURE, mistake, name.fields(), check);
        }
        if (!tolerated.isZero() && (skew == null || skew.abs().compareTo(tolerated) > 0)) {
            LoginMistake late = new LoginMistake(
                    "the password is right, but its timestamp is more than " + tolerated.toSeconds() + " s from now",
                    "set the client's clock, and sign a new timestamp for each connection");
            return new SubscriberLogin.Refused(LoginFault.CLOCK_SKEW, late, name.fields(), check);
        }
        return SubscriberRights.refusal(key.get(), name.fields())
                .<SubscriberLogin>map(refused -> refused)
                .orElseGet(() -> new SubscriberLogin.Accepted(
                        new Caller.KeyHolder(key.get()), name.clientId(), name.get("consumerGroupId"), RULES));
    }

    /// What had to be signed: names sorted.
    private static String content(SubscriberName name) {
        return "authId=" + name.get("authId") + "&timestamp=" + name.get("timestamp");
    }

    private static Optional<Hmac> method(SubscriberName name) {
        return switch (name.get("signMethod").toLowerCase(Locale.ROOT)) {
            case "hmacmd5" -> Optional.of(Hmac.MD5);
            case "hmacsha1" -> Optional.of(Hmac.SHA1);
            case "hmacsha256" -> Optional.of(Hmac.SHA256);
            default -> Optional.empty();
        };
    }

    /// What people do instead, found by trying.
    private static LoginMistake mistake(SubscriberName name, Secret secret, Secret password) {
        String content = content(name);
        if (password.equals(secret)) {
            return new LoginMistake("the password is the key's secret itself", "sign with the secret, never send it");
        }
        for (Hmac method : Hmac.values()) {
            if (is(password, method.sign(secret, content))) {
                return new LoginMistake(
                        "the password is right for another signMethod than " + name.get("signMethod"),
                        "name the method that signed");
            }
            if (is(password, method.sign((secret.reveal() + "&").getBytes(US_ASCII), content.getBytes(UTF_8)))) {
                return new LoginMistake(
                        "signed with the secret and an & behind it, as calls of the application API are",
                        "sign with the secret alone");
            }
            if (Hmac.matches(method.sign(secret, content), password.reveal())) {
                return new LoginMistake("the signature was sent in hexadecimal", "send it in Base64");
            }
        }
        return new LoginMistake(
                "the password is not the signature of what had to be signed",
                "compare the key's secret, and what is signed with the text below");
    }

    private static boolean is(Secret password, byte[] digest) {
        return password.reveal().equals(base64(digest));
    }

    private static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }

    /// The password as far as it may be shown: what does not look like a signature may be a secret.
    private static String shown(Secret password, String expected) {
        String text = password.reveal();
        return text.length() == expected.length() && text.endsWith("=") ? text : "hidden";
    }

    private @Nullable Duration skew(String timestamp) {
        if (!timestamp.matches("[0-9]{13}")) {
            return null;
        }
        Duration skew = Duration.between(clock.instant(), Instant.ofEpochMilli(Long.parseLong(timestamp)));
        return skew.abs().compareTo(PLAUSIBLE_SKEW) <= 0 ? skew : null;
    }

    private static SubscriberLogin.Refused refused(SubscriberName name, LoginFault fault, String cause, String fix) {
        return new SubscriberLogin.Refused(fault, new LoginMistake(cause, fix), name.fields(), null);
    }
}
