package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batches;
import io.berth.core.caller.Area;
import io.berth.core.certificate.CertificateLinks;
import io.berth.core.certificate.DeviceCertificate;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Products;
import io.berth.json.Members;
import java.util.List;
import java.util.Objects;

/// Certificates of devices (spec aliyun-openapi 3.2). Whoever asks for one gets its key, so that questions
/// count as changes: they are recorded, and readers may not ask them.
final class CertificateActions implements Action.Group {
    /// The platform makes the certificates. The other model of the vendor, 3, is that third parties do.
    private static final int MADE_HERE = 1;

    /// How far the making of a certificate came, as the vendor's manual has it: 0 under way, 1 failed, 2 done.
    private static final int MADE = 2;

    private final Products products;
    private final Batches batches;
    private final DeviceCertificates certificates;
    private final CertificateLinks links;

    CertificateActions(Products products, Batches batches, DeviceCertificates certificates, CertificateLinks links) {
        this.products = products;
        this.batches = batches;
        this.certificates = certificates;
        this.links = links;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        Action.About products = new Action.About(Area.PRODUCTS, Family.PRODUCTS);
        return List.of(
                about.failing("device.QueryDeviceCertFailed")
                        .changes("QueryDeviceCert", DeviceActions.OneDevice.class, this::query),
                about.changes("QueryCertUrlByApplyId", OneApply.class, this::link),
                products.changes("SetProductCertInfo", Model.class, this::setModel),
                products.reads("QueryProductCertInfo", ProductActions.OneProduct.class, this::model));
    }

    record OneApply(long applyId) {}

    record Model(String productKey, int issueModel) {}

    private Value.Fields query(Call<DeviceActions.OneDevice> call) {
        DeviceCertificates.Handed handed =
                certificates.handOut(call.device(call.input().device()).id());
        DeviceCertificate certificate = handed.certificate();
        return Value.Fields.of(
                "DeviceCertInfo",
                new Members()
                        .with("CertSN", certificate.serial())
                        .with("Certificate", certificate.pem())
                        .with("PrivateKey", Objects.requireNonNullElse(handed.privateKey(), ""))
                        .with("Status", MADE)
                        .end());
    }

    private Value.Fields link(Call<OneApply> call) {
        Batch batch = ApplyIds.find(batches, call, null, call.input().applyId());
        demandCertificates(products.get(Objects.requireNonNull(batch.scope().product())));
        return Value.Fields.of(
                "CertUrl", new Value.Text(links.make(batch.id().number()).url()));
    }

    private Value.Fields setModel(Call<Model> call) {
        demandCertificates(call.product(call.input().productKey()));
        if (call.input().issueModel() != MADE_HERE) {
            throw Refusal.unsupported(
                    "IssueModel is " + MADE_HERE + ": this platform makes the certificates, no third party");
        }
        return Value.Fields.NONE;
    }

    private Value.Fields model(Call<ProductActions.OneProduct> call) {
        demandCertificates(call.product(call.input().productKey()));
        return Value.Fields.of("ProductCertInfo", Value.Fields.of("IssueModel", new Value.Whole(MADE_HERE)));
    }

    private static void demandCertificates(Product product) {
        if (product.auth() != AuthKind.X509) {
            throw Refusal.unsupported("devices of product " + product.key() + " have no certificates");
        }
    }
}
