package io.berth.dialect.aliyun.device;

import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.enrol.Application;
import io.berth.core.enrol.Application.Kind;
import io.berth.core.message.Fact;
import io.berth.core.product.Product;
import io.berth.core.product.Product.NodeType;
import io.berth.core.session.Topology.By;
import io.berth.dialect.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A gateway makes devices known and fetches their secrets (spec aliyun-device 5.7). Devices are always there
/// already: whoever owns the fleet created them. Secrets go to devices of gateway products only.
final class AliyunRegistration {
    private AliyunRegistration() {}

    /// The devices that were [#found].
    static Fact seen(Value params) {
        return new Fact.Found(AliyunItem.list(params, AliyunTopology.MAX_LIST).stream()
                .flatMap(items -> AliyunTopology.devices(items).stream())
                .toList());
    }

    /// Devices the gateway sees around it; whoever follows topologies decides about them.
    static AlinkAnswer found(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = AliyunItem.list(params, AliyunTopology.MAX_LIST);
        if (items.isEmpty()) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        for (AliyunItem item : items.get()) {
            if (!item.namesADevice()) {
                return AlinkAnswer.of(AlinkCode.BAD_DEVICE_NAME);
            }
            var _ = product(gateway, item);
        }
        return AlinkAnswer.of("{}");
    }

    /// By the word of the gateway alone: the product's switch must allow it.
    static AlinkAnswer register(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = AliyunItem.list(params, AliyunTopology.MAX_LIST);
        if (items.isEmpty() || !items.get().stream().allMatch(AliyunItem::namesADevice)) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        if (!gateway.isOfGateways()) {
            return AlinkAnswer.of(AlinkCode.AUTH_ERROR);
        }
        if (!gateway.pace().admits(items.get().size())) {
            return AlinkAnswer.of(AlinkCode.TOO_MANY_REQUESTS);
        }
        List<String> registered = new ArrayList<>();
        for (AliyunItem item : items.get()) {
            AlinkCode verdict = verdict(gateway, item);
            if (verdict != AlinkCode.SUCCESS) {
                return AlinkAnswer.of(verdict);
            }
            registered.add(registered(gateway.services().devices().get(item.device())));
        }
        return AlinkAnswer.of(list(registered));
    }

    private static AlinkCode verdict(AliyunGateway gateway, AliyunItem item) {
        if (item.device().equals(gateway.id())) {
            return AlinkCode.BEHIND_ITSELF;
        }
        Product product = product(gateway, item);
        // a device with a connection of its own proves itself, nobody vouches for it
        if (!product.dynamicRegistration() || product.nodeType() != NodeType.SUB) {
            return AlinkCode.REGISTRATION_OFF;
        }
        return gateway.isHeldElsewhere(item.device()) ? AlinkCode.OTHER_GATEWAY : AlinkCode.SUCCESS;
    }

    private static String registered(Device device) {
        return JsonText.object()
                .text("iotId", device.alias())
                .text("productKey", device.id().product())
                .text("deviceName", device.id().name())
                .text("deviceSecret", device.secret().reveal())
                .end();
    }

    /// The device leaves the gateway; that it exists is the fleet owner's business.
    static AlinkAnswer unregister(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = AliyunItem.list(params, AliyunTopology.MAX_LIST);
        if (items.isEmpty() || !items.get().stream().allMatch(AliyunItem::namesADevice)) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        gateway.services().topology().unlink(gateway.id(), AliyunTopology.devices(items.get()), By.GATEWAY);
        return AlinkAnswer.of("{}");
    }

    /// By the secret of the product, each device for itself.
    static AlinkAnswer registerByProduct(AliyunGateway gateway, Value params) {
        Optional<List<AliyunItem>> items = params instanceof Value.Fields fields
                ? AliyunItem.list(fields.get("proxieds"), AliyunTopology.MAX_LIST)
                : Optional.empty();
        if (items.isEmpty()) {
            return AlinkAnswer.of(AlinkCode.PARAMETER_ERROR);
        }
        if (!gateway.pace().admits(items.get().size())) {
            return AlinkAnswer.of(AlinkCode.TOO_MANY_REQUESTS);
        }
        List<String> successes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (AliyunItem item : items.get()) {
            AlinkCode verdict = verdictByProduct(gateway, item);
            if (verdict == AlinkCode.SUCCESS) {
                Device device = gateway.services().devices().get(item.device());
                successes.add(AliyunItem.json(device.id())
                        .text("deviceSecret", device.secret().reveal())
                        .end());
            } else {
                failures.add(failure(item, verdict));
            }
        }
        // both always: the 3.x SDK reads the one, then the other
        return AlinkAnswer.of(JsonText.object()
                .json("successes", list(successes))
                .json("failures", list(failures))
                .end());
    }

    private static AlinkCode verdictByProduct(AliyunGateway gateway, AliyunItem item) {
        if (!item.namesADevice() || !item.isSigned()) {
            return AlinkCode.PARAMETER_ERROR;
        }
        try {
            return gateway.services()
                    .enrolments()
                    .hindrance(new Application(Kind.OWN_SECRET, item.device(), item::isRegistrationBy))
                    .map(HinderedRegistration::code)
                    .orElse(AlinkCode.SUCCESS);
        } catch (ProblemException e) {
            return AlinkAnswer.of(e.problem()).code();
        }
    }

    private static String failure(AliyunItem item, AlinkCode code) {
        return JsonText.object()
                .text("productKey", item.productKey())
                .text("deviceName", item.deviceName())
                .number("code", code.number())
                .text("message", code.message())
                .end();
    }

    private static Product product(AliyunGateway gateway, AliyunItem item) {
        return gateway.services().products().get(item.productKey());
    }

    private static String list(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }
}
