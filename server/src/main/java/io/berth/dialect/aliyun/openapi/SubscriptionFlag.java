package io.berth.dialect.aliyun.openapi;

import io.berth.core.message.Theme;
import java.util.EnumSet;
import java.util.Set;

/// What a product may tell, in the vendor's words (spec aliyun-openapi 3.2, 4.3), and the events that are
/// meant. Upgrades do not tell anything yet.
enum SubscriptionFlag {
    DEVICE_DATA("DeviceDataFlag", Theme.MESSAGE, Theme.PROPERTY, Theme.EVENT, Theme.COMMAND),
    THING_HISTORY("ThingHistoryFlag", Theme.PROPERTY_HISTORY, Theme.EVENT_HISTORY),
    LIFE_CYCLE("DeviceLifeCycleFlag", Theme.LIFECYCLE),
    TAG("DeviceTagFlag", Theme.TAGS),
    STATUS("DeviceStatusChangeFlag", Theme.STATUS),
    TOPOLOGY("DeviceTopoLifeCycleFlag", Theme.TOPOLOGY),
    FOUND("FoundDeviceListFlag", Theme.FOUND),
    OTA_EVENT("OtaEventFlag"),
    OTA_JOB("OtaJobFlag"),
    OTA_VERSION("OtaVersionFlag");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Theme> themes;

    SubscriptionFlag(String word, Theme... themes) {
        this.word = word;
        this.themes = themes.length == 0 ? Set.of() : Set.of(themes);
    }

    String word() {
        return word;
    }

    static Set<Theme> themes(Set<String> words) {
        Set<Theme> themes = EnumSet.noneOf(Theme.class);
        for (SubscriptionFlag flag : values()) {
            if (words.contains(flag.word)) {
                themes.addAll(flag.themes);
            }
        }
        return themes;
    }
}
