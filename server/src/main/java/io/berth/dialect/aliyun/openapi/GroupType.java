package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Group;
import io.berth.core.device.Groups;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The vendor's words for how groups get their members.
enum GroupType {
    /// Devices are put into it.
    LINK_PLATFORM,
    /// An expression finds them.
    LINK_PLATFORM_DYNAMIC;

    static GroupType of(Group group) {
        return group.isDynamic() ? LINK_PLATFORM_DYNAMIC : LINK_PLATFORM;
    }

    static GroupType read(String word) {
        return Stream.of(values())
                .filter(type -> type.name().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        GatewayException.invalid("GroupType", "it is neither LINK_PLATFORM nor LINK_PLATFORM_DYNAMIC"));
    }

    /// A group of this type: to the vendor, those of the other do not exist where one is asked for.
    Group get(Groups groups, String id) {
        Group group = groups.get(id);
        if (of(group) != this) {
            String other = group.isDynamic() ? "dynamic: its expression finds its members" : "not dynamic";
            throw new ProblemException(Problem.NOT_FOUND, "group " + id + " is " + other);
        }
        return group;
    }

    /// @param type null for either
    static Group get(Groups groups, String id, @Nullable String type) {
        return type == null ? groups.get(id) : read(type).get(groups, id);
    }
}
