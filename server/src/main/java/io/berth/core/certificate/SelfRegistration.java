package io.berth.core.certificate;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Template.Filled;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;

/// Registers devices that nobody knows by the certificates they show (spec huawei-iotda 2.6). Blocking; any
/// thread.
public final class SelfRegistration {
    private final TemplateStore templates;
    private final Devices devices;
    private final Products products;
    private final Tags tags;

    public SelfRegistration(TemplateStore templates, Devices devices, Products products, Tags tags) {
        this.templates = templates;
        this.devices = devices;
        this.products = products;
        this.tags = tags;
    }

    sealed interface Outcome {
        /// It is registered now, or was before under the name it has here: whether it is that device is still
        /// to be seen.
        record Registered(DeviceId device) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    Outcome register(CertificateClaim claim, Authority by) {
        Optional<Template> template =
                by.enrols() ? templates.find(Objects.requireNonNull(by.template())) : Optional.empty();
        if (template.isEmpty()) {
            return new Outcome.Refused("authority " + by.commonName() + " has no template, or it is switched off");
        }
        if (claim.serverName() == null) {
            return new Outcome.Refused("it named no server when it connected (SNI)");
        }
        Optional<Filled> filled = template.get().fill(claim.own());
        if (filled.isEmpty()) {
            return new Outcome.Refused(
                    "its subject lacks what template " + template.get().name() + " needs");
        }
        try {
            return register(claim, by, filled.get());
        } catch (ProblemException e) {
            if (e.problem() == Problem.STORAGE_UNAVAILABLE || e.problem() == Problem.OVERLOADED) {
                throw e;
            }
            return new Outcome.Refused(e.detail());
        }
    }

    private Outcome register(CertificateClaim claim, Authority by, Filled filled) {
        Optional<Product> found = products.findByAlias(filled.product());
        if (found.isEmpty()) {
            return new Outcome.Refused(
                    "its template makes it a device of \"" + filled.product() + "\", which is no product's Huawei id");
        }
        Product product = found.get();
        if (!product.space().equals(by.space())) {
            return new Outcome.Refused(
                    "product " + filled.product() + " is in another resource space than its authority");
        }
        String alias = product.alias() + "_" + filled.nodeId();
        if (!claim.alias().equals(filled.nodeId()) && !claim.alias().equals(alias)) {
            return new Outcome.Refused("its certificate makes it \"" + alias + "\"");
        }
        DeviceId id = new DeviceId(product.key(), filled.nodeId());
        try {
            Device device = devices.create(new Devices.Draft(
                    id,
                    null,
                    alias,
                    filled.nodeId(),
                    DeviceProfile.EMPTY.withNickname(filled.deviceName()),
                    new Pins(Fingerprint.of(claim.own()), null)));
            tags.put(device.id(), new LinkedHashMap<>(filled.tags()));
        } catch (ProblemException e) {
            if (e.problem() != Problem.DEVICE_EXISTS) {
                throw e;
            }
        }
        return new Outcome.Registered(id);
    }
}
