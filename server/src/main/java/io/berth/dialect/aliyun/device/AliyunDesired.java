package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things.Wish;
import io.berth.dialect.JsonText;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What applications want of the properties of a device that was not there (spec aliyun-device 5.3).
final class AliyunDesired {
    private AliyunDesired() {}

    /// Properties that nobody wants anything of are left out.
    static Route get(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.LIST, request -> {
            List<Value> keys = ((Value.Items) request.params()).items();
            return keys.stream().allMatch(Value.Text.class::isInstance)
                    ? request.later(() ->
                            request.answered(wishes(wire.services().things().state(wire.id()), keys)))
                    : request.refused(AlinkCode.PARAMETER_ERROR);
        });
    }

    private static CharSequence wishes(ThingState state, List<Value> keys) {
        StringBuilder data = new StringBuilder("{");
        for (Value key : keys) {
            String name = ((Value.Text) key).text();
            ThingState.Versioned wish = state.desired().get(name);
            if (wish != null && !wish.isDeleted()) {
                data.append(data.length() > 1 ? "," : "");
                ValueJson.quote(name, data);
                data.append(':')
                        .append(JsonText.object()
                                .json("value", AliyunValues.write(wish.value()))
                                .number("version", wish.version())
                                .end());
            }
        }
        return data.append('}');
    }

    /// A wish that changed since the device saw it stays, and the device is not told.
    static Route delete(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.OBJECT, request -> {
            List<Wish> wishes = new ArrayList<>();
            for (Map.Entry<String, Value> entry :
                    ((Value.Fields) request.params()).fields().entrySet()) {
                if (!(entry.getValue() instanceof Value.Fields wish)) {
                    return request.refused(AlinkCode.PARAMETER_ERROR);
                }
                switch (wish.get("version")) {
                    case Value.Whole(long version) -> wishes.add(new Wish(entry.getKey(), version));
                    case Value.Nothing _ -> wishes.add(new Wish(entry.getKey(), null));
                    default -> {
                        return request.refused(AlinkCode.PARAMETER_ERROR);
                    }
                }
            }
            return request.later(() -> {
                wire.services().things().forgetWishes(wire.id(), wishes);
                return request.answered("{}");
            });
        });
    }
}
