package io.berth.api;

import io.berth.core.Page;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.Batches;
import io.berth.core.certificate.CertificateLinks;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.certificate.DeviceCertificates.Handed;
import io.berth.core.certificate.Pem;
import io.berth.core.device.Device;
import io.berth.web.Endpoint;
import io.berth.web.Exchange;
import io.berth.web.ProblemDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The certificates and keys of all devices that a batch registered, as one archive behind a link nobody can
/// guess. It is made while it is sent: a certificate takes a millisecond, and there may be half a million.
public final class CertificateZip {
    private static final String SUFFIX = ".zip";
    private static final int PAGE = 500;

    private final DeviceCertificates certificates;
    private final CertificateLinks links;
    private final Batches batches;

    public CertificateZip(DeviceCertificates certificates, CertificateLinks links, Batches batches) {
        this.certificates = certificates;
        this.links = links;
        this.batches = batches;
    }

    public Endpoint endpoint() {
        return new Endpoint(Endpoint.Method.GET, CertificateLinks.PATH + "{file}", this::send);
    }

    private void send(Exchange exchange) throws IOException {
        String file = exchange.parameter("file");
        Optional<Long> batch = file.endsWith(SUFFIX)
                ? links.batch(file.substring(0, file.length() - SUFFIX.length()))
                : Optional.empty();
        if (batch.isEmpty()) {
            exchange.answer(ProblemDocument.of("NOT_FOUND", 404, "there is no such file, or its link is over"));
            return;
        }
        BatchId id = new BatchId(batch.get());
        exchange.putHeader("Content-Disposition", "attachment; filename=\"certificates-" + id + ".zip\"");
        try (ZipOutputStream zip = new ZipOutputStream(exchange.stream(200, "application/zip"))) {
            entry(zip, "root.pem", Pem.of(certificates.root()));
            Page<Device> page = batches.registered(id, new Page.Request(null, PAGE));
            add(zip, page);
            while (page.next() != null) {
                page = batches.registered(id, new Page.Request(page.next(), PAGE));
                add(zip, page);
            }
        }
    }

    private void add(ZipOutputStream zip, Page<Device> page) throws IOException {
        for (Device device : page.items()) {
            Handed handed = certificates.handOut(device.id());
            String name = device.id().name().replace(':', '%'); // no letter of a device, and none of some file systems
            entry(zip, name + ".crt", handed.certificate().pem());
            if (handed.privateKey() != null) {
                entry(zip, name + ".key", handed.privateKey());
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
