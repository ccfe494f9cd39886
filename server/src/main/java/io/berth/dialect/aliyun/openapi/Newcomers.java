package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The devices of a call by what is to become of them; of those that cannot come, what is wrong.
record Newcomers(
        List<Newcomer> valid,
        List<Value> badNames,
        List<Value> badSecrets,
        List<Value> badSerials,
        List<Value> repeated) {
    private static final int MAX = 1_000;

    static Newcomers sort(Product product, List<Newcomer> all, Devices devices) {
        Refusal.require(all.size() <= MAX, "device.TooManyDevices", "at most " + MAX + " devices");
        Newcomers sorted = new Newcomers(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Newcomer> possible = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Newcomer each : all) {
            if (!each.hasName()) {
                sorted.badNames.add(new Value.Text(each.deviceName()));
            } else if (!names.add(each.deviceName())) {
                sorted.repeated.add(new Value.Text(each.deviceName()));
            } else if (!each.hasSecret()) {
                sorted.badSecrets.add(new Value.Text(each.deviceSecret()));
            } else if (!each.hasSerial(product)) {
                sorted.badSerials.add(new Value.Text(each.sn() == null ? "" : each.sn()));
            } else {
                possible.add(each);
            }
        }
        sorted.tryOut(product, possible, devices);
        return sorted;
    }

    private void tryOut(Product product, List<Newcomer> possible, Devices devices) {
        List<ImportVerdict> verdicts = devices.importAll(
                possible.stream().map(each -> each.draft(product)).toList(), _ -> product, true);
        for (int i = 0; i < possible.size(); i++) {
            Newcomer each = possible.get(i);
            switch (verdicts.get(i)) {
                case CREATED, UNCHANGED -> valid.add(each);
                case DEVICE_EXISTS -> repeated.add(new Value.Text(each.deviceName()));
                case ALIAS_TAKEN -> badSerials.add(new Value.Text(each.sn() == null ? "" : each.sn()));
                case PRODUCT_FULL -> throw DeviceStore.productFull(product.key());
                case PRODUCT_NOT_FOUND -> throw Products.notFound(product.key());
            }
        }
    }
}
