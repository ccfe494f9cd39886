package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens.Verdict;
import io.berth.core.login.LoginFault;
import io.berth.core.topic.Topic;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapOption;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapRequest;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.Route;
import io.berth.dialect.ShownTokens;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A message under a token: `POST /topic/<topic>` (spec aliyun-device 3.1). In clear, what the device says is
/// encrypted, and numbered, so that nobody can say it again; through DTLS neither is needed.
///
/// @param messageIds gives each message that is taken the number the device is told
record AliyunCoapReport(CoapRequest request, String topic, AliyunCoapTokens.Shown token, LongSupplier messageIds)
        implements CoapReading.Claim {
    /// The manual has the one, the C SDK sends the other.
    private static final int TOKEN = 2088;

    private static final int TOKEN_OF_THE_SDK = 61;
    private static final int SEQUENCE = 2089;
    private static final int MESSAGE_ID = 2090;
    private static final int MAX_DIGITS = 18;

    static CoapReading read(CoapRequest request, AliyunCoapTokens tokens, LongSupplier messageIds) {
        String topic = topic(request.path());
        if (topic == null) {
            return new CoapReading.Answered(CoapCode.NOT_FOUND, "unknown path");
        }
        if (!isAcceptable(request.accept())) {
            return new CoapReading.Answered(CoapCode.NOT_ACCEPTABLE, "unsupported answer format");
        }
        String text = token(request);
        if (text == null) {
            return new CoapReading.Answered(CoapCode.UNAUTHORIZED, "no token");
        }
        AliyunCoapTokens.Shown token = tokens.open(text);
        if (token == null) {
            DeviceRef meant = AliyunTopics.owner(topic).map(DeviceRef.ById::new).orElse(null);
            return new CoapReading.Refused(
                    CoapCode.UNAUTHORIZED, meant, topic, Map.of("topic", topic), ShownTokens.forged());
        }
        return new AliyunCoapReport(request, topic, token, messageIds);
    }

    /// A level that holds what separates levels would reach another device's topics.
    private static @Nullable String topic(List<String> path) {
        StringBuilder topic = new StringBuilder();
        for (String level : path.subList(1, path.size())) {
            if (level.isEmpty() || level.indexOf('/') >= 0) {
                return null;
            }
            topic.append('/').append(level);
        }
        String text = topic.toString();
        return Topic.isValid(text) ? text : null;
    }

    private static boolean isAcceptable(int accept) {
        return switch (accept) {
            case CoapRequest.NO_FORMAT, 42, 50, 60 -> true;
            default -> false;
        };
    }

    private static @Nullable String token(CoapRequest request) {
        Payload option = request.option(TOKEN);
        option = option != null ? option : request.option(TOKEN_OF_THE_SDK);
        return option != null ? option.text() : request.query("token");
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(token.ticket().device());
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("topic", topic, "token issued", token.ticket().issued().toString());
    }

    @Override
    public CoapVerdict verify(Optional<DeviceSnapshot> found) {
        if (found.isEmpty()) {
            return new CoapVerdict.Refused(CoapCode.UNAUTHORIZED, ShownTokens::unknownDevice);
        }
        Verdict verdict = token.judge(found.get());
        if (verdict != Verdict.GOOD) {
            return new CoapVerdict.Refused(CoapCode.UNAUTHORIZED, () -> ShownTokens.failure(verdict));
        }
        return request.isSecure() ? lead(found.get(), request.payload()) : decrypt(found.get());
    }

    /// The number is used up before the payload is looked at: whoever tries payloads has one try a number.
    private CoapVerdict decrypt(DeviceSnapshot device) {
        AliyunCoapCipher cipher = token.cipher(device.device().secret());
        long number = sequence(cipher);
        if (number < 0) {
            return refused(
                    CoapCode.UNAUTHORIZED,
                    LoginFault.WRONG_SIGNATURE,
                    "the sequence number is missing, or was not encrypted with the key of this login",
                    "encrypt its decimal text with the key made of the device secret and random, into option "
                            + SEQUENCE);
        }
        if (token.window().isForgotten()) {
            return refused(
                    CoapCode.UNAUTHORIZED,
                    LoginFault.WRONG_TOKEN,
                    "nobody remembers which numbers came under this token: Berth was killed since, or more than"
                            + " coap.max-tokens are in use",
                    "nothing: the device logs in again; if it does so all the time, raise coap.max-tokens");
        }
        if (!token.window().take(number)) {
            return refused(
                    CoapCode.UNAUTHORIZED,
                    LoginFault.REPLAYED,
                    "sequence number " + number + " came before under this token, or is too far behind",
                    "count up with each message, from seqOffset on; log in again after a restart of the device");
        }
        Payload payload = cipher.decrypted(request.payload()).orElse(null);
        return payload != null
                ? lead(device, payload)
                : refused(
                        CoapCode.BAD_REQUEST,
                        LoginFault.WRONG_SIGNATURE,
                        "the payload was not encrypted with the key of this login",
                        "encrypt it as the sequence number: AES-128, CBC, PKCS#5 padding");
    }

    /// The number of the message, -1 when there is none to be read.
    private long sequence(AliyunCoapCipher cipher) {
        Payload encrypted = request.option(SEQUENCE);
        encrypted = encrypted != null ? encrypted : fromHex(request.query("seq"));
        String digits = encrypted == null
                ? ""
                : cipher.decrypted(encrypted).map(Payload::text).orElse("");
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(digits) : -1;
    }

    /// A query cannot carry the octets of the option. The number in clear is not taken: whoever overheard a
    /// message could send it again under another number.
    private static @Nullable Payload fromHex(@Nullable String text) {
        return text == null || text.length() % 2 != 0 || !text.chars().allMatch(HexFormat::isHexDigit)
                ? null
                : Payload.owned(HexFormat.of().parseHex(text));
    }

    private CoapVerdict lead(DeviceSnapshot device, Payload payload) {
        return switch (token.route(topic)) {
            case Route.Reader reader -> new CoapVerdict.Message(device, reader, payload, taken());
            case Route.Refused refused -> new CoapVerdict.Denied(CoapCode.FORBIDDEN, refused.reason());
            case Route.Through _ -> new CoapVerdict.Denied(CoapCode.FORBIDDEN, "the child is not attached here");
            case null -> throw new IllegalStateException("asked before the token was found good");
        };
    }

    private CoapAnswer taken() {
        CoapOption id = CoapOption.text(MESSAGE_ID, Long.toString(messageIds.getAsLong()));
        return new CoapAnswer(
                CoapCode.CONTENT, CoapRequest.NO_FORMAT, Payload.EMPTY, List.of(id), token.wantsSeparateAnswers());
    }

    private static CoapVerdict refused(CoapCode code, LoginFault fault, String cause, String fix) {
        return new CoapVerdict.Refused(code, () -> LoginFailure.wrong(fault, cause, fix));
    }
}
