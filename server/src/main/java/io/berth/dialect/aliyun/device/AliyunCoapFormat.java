package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapRequest;
import io.berth.json.ValueJson;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/// How logins over CoAP are written (spec aliyun-device 3.1).
enum AliyunCoapFormat {
    JSON(50, new JsonFactory()) {
        @Override
        JsonParser open(Payload payload) {
            return ValueJson.open(payload);
        }
    },
    CBOR(
            60,
            CBORFactory.builder()
                    // names come from devices: never kept beyond the bounded table of the factory
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .build()) {
        @Override
        JsonParser open(Payload payload) {
            return factory().createParser(ObjectReadContext.empty(), payload.toBytes());
        }
    };

    private final int number;

    @SuppressWarnings("ImmutableEnumChecker") // factories are immutable once built
    private final TokenStreamFactory factory;

    AliyunCoapFormat(int number, TokenStreamFactory factory) {
        this.number = number;
        this.factory = factory;
    }

    /// JSON when the device names none, as the manual's examples are.
    static Optional<AliyunCoapFormat> of(int contentFormat) {
        return switch (contentFormat) {
            case CoapRequest.NO_FORMAT, 50 -> Optional.of(JSON);
            case 60 -> Optional.of(CBOR);
            default -> Optional.empty();
        };
    }

    abstract JsonParser open(Payload payload);

    TokenStreamFactory factory() {
        return factory;
    }

    /// Empty when it is no object, or no more than one.
    Optional<Value.Fields> read(Payload payload) {
        try (JsonParser parser = open(payload)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            return isObject && ValueJson.read(parser) instanceof Value.Fields fields && parser.nextToken() == null
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (JacksonException | ProblemException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /// An answer of texts and whole numbers.
    CoapAnswer answer(Map<String, Object> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            // of a known size: parsers of small devices know no other maps in CBOR
            json.writeStartObject(members, members.size());
            members.forEach((name, value) -> {
                json.writeName(name);
                if (value instanceof Integer whole) {
                    json.writeNumber(whole);
                } else {
                    json.writeString(value.toString());
                }
            });
            json.writeEndObject();
        }
        return CoapAnswer.content(number, Payload.owned(out.toByteArray()));
    }
}
