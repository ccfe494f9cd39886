package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Members of JSON objects as devices send them: what is missing or of another type is nothing.
final class HuaweiJson {
    private HuaweiJson() {}

    /// Empty when it is no text.
    static String text(Value.Fields object, String name) {
        return object.get(name) instanceof Value.Text(String text) ? text : "";
    }

    /// A text or a whole number, as text.
    static String word(Value.Fields object, String name) {
        return object.get(name) instanceof Value.Whole(long number) ? Long.toString(number) : text(object, name);
    }

    static Value.Fields object(Value.Fields object, String name) {
        return object.get(name) instanceof Value.Fields fields ? fields : Value.Fields.NONE;
    }

    /// The items of a list.
    static List<Value> items(Value.Fields object, String name) {
        return object.get(name) instanceof Value.Items(List<Value> items) ? items : List.of();
    }

    /// The objects in a list.
    static List<Value.Fields> objects(Value.Fields object, String name) {
        return items(object, name).stream()
                .filter(Value.Fields.class::isInstance)
                .map(Value.Fields.class::cast)
                .toList();
    }

    /// A text that is a member of the outermost object, empty when there is none: builds no tree, for payloads
    /// that may be anything.
    static String text(Payload payload, String member) {
        if (payload.size() == 0 || payload.at(0) != '{') {
            return "";
        }
        try (JsonParser json = ValueJson.open(payload)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (json.nextToken() == JsonToken.VALUE_STRING && name.equals(member)) {
                    return json.getString();
                }
                json.skipChildren();
            }
        } catch (JacksonException e) {
            return "";
        }
        return "";
    }
}
