package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.dialect.JsonText;
import io.berth.json.ValueJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The outer members of an Alink message, read in one pass that builds no tree: what `params` holds is
/// skipped over, or read on the way by whoever wants it. Reads as leniently as the vendor's own SDKs write
/// (spec aliyun-device R4, R6, R7).
///
/// @param code SUCCESS, or why the message is no Alink
/// @param id as text, empty when there is none that could be echoed
/// @param method empty when absent
/// @param wantsReply false only when the message says `"sys":{"ack":0}` (R8)
record AlinkEnvelope(AlinkCode code, String id, String method, boolean wantsReply, Params params) {
    private static final int MAX_ID = 256;

    /// What kind of value `params` has. The text `"{}"`, which one SDK sends, counts as an object.
    enum Params {
        ABSENT,
        OBJECT,
        LIST,
        OTHER
    }

    /// Reads what `params` holds, an object or a list: the parser stands at its first token, and there or at
    /// its last it is left.
    @FunctionalInterface
    interface Content {
        void read(JsonParser json);

        Content SKIPPED = json -> {};
    }

    static AlinkEnvelope read(Payload payload) {
        return read(payload, Content.SKIPPED);
    }

    static AlinkEnvelope read(Payload payload, Content content) {
        if (payload.size() == 0) {
            return unread(AlinkCode.PARAMETER_ERROR);
        }
        try (JsonParser json = ValueJson.open(payload)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return unread(json.nextToken() == null ? AlinkCode.PARAMETER_ERROR : AlinkCode.NOT_JSON);
            }
            AlinkEnvelope envelope = readMembers(json, content);
            return json.nextToken() == null ? envelope : unread(AlinkCode.NOT_JSON);
        } catch (JacksonException e) {
            return unread(AlinkCode.NOT_JSON);
        }
    }

    /// The answer to this message, envelope before data (R1 to R4).
    Payload reply(AlinkCode answer, String topicMethod) {
        return reply(answer, topicMethod, "{}");
    }

    /// @param data JSON without blanks
    Payload reply(AlinkCode answer, String topicMethod, CharSequence data) {
        return JsonText.object()
                .number("code", answer.number())
                .text("id", id)
                .text("message", answer.message())
                .text("method", topicMethod)
                .text("version", "1.0")
                .json("data", data)
                .payload();
    }

    /// One of which nothing could be read.
    static AlinkEnvelope unread(AlinkCode code) {
        return new AlinkEnvelope(code, "", "", true, Params.ABSENT);
    }

    private static AlinkEnvelope readMembers(JsonParser json, Content content) {
        AlinkCode code = AlinkCode.SUCCESS;
        String id = "";
        String method = "";
        boolean wantsReply = true;
        Params params = Params.ABSENT;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (name) {
                case "id" -> {
                    boolean usable = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
                    id = usable && json.getStringLength() <= MAX_ID ? json.getString() : "";
                    code = id.isEmpty() ? AlinkCode.PARAMETER_ERROR : code;
                }
                case "method" -> {
                    method = value == JsonToken.VALUE_STRING ? json.getString() : "";
                    code = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL
                            ? code
                            : AlinkCode.PARAMETER_ERROR;
                }
                case "params" -> {
                    params = kind(json, value);
                    if (value.isStructStart()) {
                        content.read(json);
                    }
                }
                case "sys" -> wantsReply = readsAck(json, value);
                default -> {}
            }
            json.skipChildren();
        }
        return new AlinkEnvelope(code, id, method, wantsReply, params);
    }

    private static Params kind(JsonParser json, JsonToken value) {
        return switch (value) {
            case START_OBJECT -> Params.OBJECT;
            case START_ARRAY -> Params.LIST;
            case VALUE_STRING -> json.getString().equals("{}") ? Params.OBJECT : Params.OTHER;
            default -> Params.OTHER;
        };
    }

    private static boolean readsAck(JsonParser json, JsonToken value) {
        boolean wantsReply = true;
        if (value == JsonToken.START_OBJECT) {
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken ack = json.nextToken();
                if (name.equals("ack") && ack.isScalarValue()) {
                    wantsReply = !"0".equals(json.getString());
                }
                json.skipChildren();
            }
        }
        return wantsReply;
    }
}
