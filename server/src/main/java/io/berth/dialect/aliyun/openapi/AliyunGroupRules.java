package io.berth.dialect.aliyun.openapi;

import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceLanguage;
import io.berth.dialect.search.DeviceSearch;
import java.time.ZoneId;

/// Expressions of dynamic groups: what stands behind `where` in a search (spec aliyun-openapi 3.2).
public final class AliyunGroupRules implements DeviceLanguage {
    static final String NAME = "aliyun";

    private final DeviceSqlWords words;

    /// @param zone of the times in them
    public AliyunGroupRules(ZoneId zone) {
        this.words = new DeviceSqlWords(new Times(zone));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DeviceCondition read(String text) {
        return DeviceSearch.conditions(text, words);
    }
}
