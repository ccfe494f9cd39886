package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Group;
import io.berth.core.device.Groups;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tags of groups (spec aliyun-openapi 3.2).
final class GroupTagActions implements Action.Group {
    private static final int MAX_PAGE = 50;
    private static final int MAX_WANTED = 10;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9.]{2,30}");
    private static final int MAX_VALUE = 128;

    private final Groups groups;

    GroupTagActions(Groups groups) {
        this.groups = groups;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.GROUPS, Family.GROUPS);
        return List.of(
                about.changes("SetDeviceGroupTags", NewTags.class, this::put),
                about.reads("QueryDeviceGroupTagList", OneGroup.class, this::list),
                about.reads("QueryDeviceGroupByTags", Tagged.class, this::find));
    }

    /// @param tagString a JSON array; null for no tags
    record NewTags(
            String groupId,
            @Nullable String groupType,
            @Nullable String tagString) {}

    record OneGroup(String groupId, @Nullable String groupType) {}

    record Tagged(
            List<Tag> tag,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize) {}

    record Tag(String tagKey, String tagValue) {}

    /// In place of all tags the group has.
    private Value.Fields put(Call<NewTags> call) {
        NewTags wanted = call.input();
        Group group = GroupType.get(groups, wanted.groupId(), wanted.groupType());
        groups.replaceTags(group.id(), wanted.tagString() == null ? Map.of() : read(wanted.tagString()));
        return Value.Fields.NONE;
    }

    private Value.Fields list(Call<OneGroup> call) {
        Group group = GroupType.get(groups, call.input().groupId(), call.input().groupType());
        List<Value> shown = new ArrayList<>();
        groups.tags(group.id()).forEach((key, value) -> {
            if (!key.equals(DeviceTagActions.HIDDEN)) {
                shown.add(new Members()
                        .with("TagKey", key)
                        .with("TagValue", value)
                        .end());
            }
        });
        return Value.Fields.of("Data", Value.Fields.of("GroupTagInfo", new Value.Items(shown)));
    }

    private Value.Fields find(Call<Tagged> call) {
        Tagged wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        Refusal.require(
                wanted.tag().size() <= MAX_WANTED,
                "group.TooManyGroupTags",
                "at most " + MAX_WANTED + " tags at a time");
        Map<String, String> all = new HashMap<>();
        List<Group> found = wanted.tag().stream().anyMatch(tag -> isTwice(all, tag)) ? List.of() : groups.tagged(all);
        List<Value> shown = paging.of(found).stream()
                .<Value>map(group -> new Members()
                        .with("GroupId", group.id())
                        .with("GroupName", group.name())
                        .end())
                .toList();
        Members answer = new Members().with("Data", Value.Fields.of("DeviceGroup", new Value.Items(shown)));
        return paging.tell(answer, "Page", found.size()).end();
    }

    /// No tag has two values.
    private static boolean isTwice(Map<String, String> all, Tag tag) {
        String before = all.put(tag.tagKey(), tag.tagValue());
        return before != null && !before.equals(tag.tagValue());
    }

    private static Map<String, String> read(String tagString) {
        Map<String, String> tags = new HashMap<>();
        if (!(ValueJson.read(Payload.of(tagString)).orElse(Value.Nothing.NOTHING) instanceof Value.Items(var items))) {
            throw malformed("TagString is no JSON array");
        }
        for (Value item : items) {
            if (!(item instanceof Value.Fields tag
                    && tag.get("tagKey") instanceof Value.Text(String key)
                    && tag.get("tagValue") instanceof Value.Text(String value))) {
                throw malformed("a tag is {\"tagKey\":\"…\",\"tagValue\":\"…\"}");
            }
            if (!KEY.matcher(key).matches()) {
                throw malformed("a tag key has 2 to 30 letters, digits and points, not \"" + key + "\"");
            }
            if (value.isEmpty() || NameRule.width(value) > MAX_VALUE) {
                throw malformed("the value of tag " + key + " has 1 to " + MAX_VALUE
                        + " characters, Chinese ones counting for two");
            }
            tags.put(key, value);
        }
        return tags;
    }

    private static ProblemException malformed(String detail) {
        return Refusal.of(Problem.INVALID_ARGUMENT, "group.InvalidFormattedTagString", detail);
    }
}
