package io.berth.dialect.aliyun.openapi;

import io.berth.core.message.Event;
import java.util.EnumSet;
import java.util.Set;

/// What a product may tell, in the vendor's words (spec aliyun-openapi 3.2, 4.3), and the events that are meant. Two
/// words for one kind tell all of it: whoever asks for one hears both. Upgrades do not tell anything yet.
enum SubscriptionFlag {
    DEVICE_DATA("DeviceDataFlag", Event.Kind.MESSAGE, Event.Kind.PROPERTY, Event.Kind.EVENT, Event.Kind.COMMAND),
    THING_HISTORY("ThingHistoryFlag", Event.Kind.PROPERTY, Event.Kind.EVENT),
    LIFE_CYCLE("DeviceLifeCycleFlag", Event.Kind.LIFECYCLE),
    TAG("DeviceTagFlag", Event.Kind.LIFECYCLE),
    STATUS("DeviceStatusChangeFlag", Event.Kind.STATUS),
    TOPOLOGY("DeviceTopoLifeCycleFlag", Event.Kind.TOPOLOGY),
    FOUND("FoundDeviceListFlag", Event.Kind.TOPOLOGY),
    OTA_EVENT("OtaEventFlag"),
    OTA_JOB("OtaJobFlag"),
    OTA_VERSION("OtaVersionFlag");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Event.Kind> kinds;

    SubscriptionFlag(String word, Event.Kind... kinds) {
        this.word = word;
        this.kinds = kinds.length == 0 ? Set.of() : Set.of(kinds);
    }

    String word() {
        return word;
    }

    static Set<Event.Kind> kinds(Set<String> words) {
        Set<Event.Kind> kinds = EnumSet.noneOf(Event.Kind.class);
        for (SubscriptionFlag flag : values()) {
            if (words.contains(flag.word)) {
                kinds.addAll(flag.kinds);
            }
        }
        return kinds;
    }
}
