package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.Tags;
import io.berth.core.message.Fact;
import io.berth.dialect.JsonText;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The device's own tags, `deviceinfo` on this wire (spec aliyun-device 5.3). SDKs tell who they are with items
/// that have more members than ours: those are ignored.
final class AliyunTags {
    private AliyunTags() {}

    static Route update(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.LIST, request -> {
            SequencedMap<String, String> tags = new LinkedHashMap<>();
            for (Value item : ((Value.Items) request.params()).items()) {
                if (!(item instanceof Value.Fields tag)
                        || !(tag.get("attrKey") instanceof Value.Text(String key))
                        || !(tag.get("attrValue") instanceof Value.Text(String value))) {
                    return request.refused(AlinkCode.PARAMETER_ERROR);
                }
                tags.put(key, value);
            }
            return request.later(() -> {
                tags(request).put(wire.id(), tags);
                return request.told(new Fact.Tagged(tags));
            });
        });
    }

    static Route delete(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return withKeys(wire, topic, (request, keys) -> {
            tags(request).remove(wire.id(), keys);
            return request.answered("{}");
        });
    }

    /// Those asked for, all when the device names none.
    static Route get(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return withKeys(wire, topic, (request, keys) -> {
            SequencedMap<String, String> tags = tags(request).find(wire.id());
            return request.answered(tags.entrySet().stream()
                    .filter(tag -> keys.isEmpty() || keys.contains(tag.getKey()))
                    .map(tag -> JsonText.object()
                            .text("attrKey", tag.getKey())
                            .text("attrValue", tag.getValue())
                            .end())
                    .collect(Collectors.joining(",", "[", "]")));
        });
    }

    @FunctionalInterface
    private interface KeyedWork {
        Reading read(AlinkRequest request, List<String> keys);
    }

    private static Route withKeys(AliyunWire wire, String topic, KeyedWork work) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.LIST, request -> {
            Optional<List<String>> keys = keys(((Value.Items) request.params()).items());
            return keys.isEmpty()
                    ? request.refused(AlinkCode.PARAMETER_ERROR)
                    : request.later(() -> work.read(request, keys.get()));
        });
    }

    /// `["Model"]` or `[{"attrKey":"Model"}]`; empty when it is neither.
    private static Optional<List<String>> keys(List<Value> items) {
        List<String> keys = new ArrayList<>();
        for (Value item : items) {
            Value key = item instanceof Value.Fields tag ? tag.get("attrKey") : item;
            if (!(key instanceof Value.Text(String text))) {
                return Optional.empty();
            }
            keys.add(text);
        }
        return Optional.of(keys);
    }

    private static Tags tags(AlinkRequest request) {
        return request.wire().services().tags();
    }
}
