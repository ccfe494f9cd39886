package io.berth.dialect.huawei.rest;

import io.berth.core.caller.Reach;
import io.berth.core.caller.Rights;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceLanguage;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import io.berth.core.product.Spaces;
import io.berth.dialect.search.DeviceSearch;

/// Rules of dynamic groups: what stands behind `where` in a search (spec huawei-iotda 7.9). They name products
/// and gateways of all spaces; of what they find, callers are shown the devices of theirs.
public final class HuaweiGroupRules implements DeviceLanguage {
    static final String NAME = "huawei";

    private final SearchFields fields;

    public HuaweiGroupRules(Products products, Devices devices, Spaces spaces) {
        Reach reach = Reach.of(Rights.ALL, products, devices);
        this.fields = new SearchFields(new Sight(Rights.ALL, reach, products, spaces));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DeviceCondition read(String text) {
        return DeviceSearch.conditions(text, fields);
    }
}
