package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.CertificateStore;
import io.berth.core.certificate.DeviceCertificate;
import io.berth.core.certificate.Mint.Minted;
import io.berth.core.credential.Fingerprint;
import io.berth.core.device.DeviceId;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The platform's authority, and the certificates it made.
final class SqlCertificateStore implements CertificateStore {
    private static final String LANE = "certificates";
    private static final String AUTHORITY_ROW = "device-authority";
    private static final String COLUMNS =
            "c.serial, c.fingerprint, c.product, c.device, c.pem, c.issued, c.expires, c.revoked";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM device_certificate c ";

    /// No other of the device lasts longer.
    private static final String LAST = """
            c.revoked IS NULL AND NOT EXISTS (SELECT 1 FROM device_certificate o WHERE o.product = c.product
            AND o.device = c.device AND o.revoked IS NULL AND o.expires > c.expires)""";

    private static final String AFTER = """
            (c.product, c.device, c.issued, c.fingerprint) >
            (SELECT product, device, issued, fingerprint FROM device_certificate WHERE fingerprint = ?)""";

    private final Database database;
    private final SecretCipher cipher;

    SqlCertificateStore(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public Optional<Minted> authority() {
        return database.read(sql -> sql.one("SELECT certificate, key FROM device_authority", this::authority));
    }

    @Override
    public Minted keepAuthority(Minted made, Instant now) {
        database.change(
                LANE,
                sql -> sql.update(
                        "INSERT INTO device_authority (id, certificate, key, created) VALUES (1, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        encoded(made.certificate()),
                        cipher.seal(made.key().toBytes(), AUTHORITY_ROW),
                        now));
        return authority().orElseThrow();
    }

    @Override
    public void insert(DeviceCertificate certificate, @Nullable Payload key, int mostOfDevice) {
        DeviceId device = certificate.device();
        Fingerprint fingerprint = certificate.fingerprint();
        database.write(device, SqlDeviceStore.belonging(device, sql -> {
            makeRoom(sql, certificate, mostOfDevice);
            return sql.update(
                    """
                            INSERT INTO device_certificate
                            (serial, fingerprint, product, device, pem, issued, expires, revoked, key)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    certificate.serial(),
                    fingerprint.hex(),
                    device.product(),
                    device.name(),
                    certificate.pem(),
                    certificate.issued(),
                    certificate.expires(),
                    certificate.revoked(),
                    key == null ? null : cipher.seal(key.toBytes(), SecretCipher.rowOfCertificate(fingerprint)));
        }));
    }

    private static void makeRoom(Sql sql, DeviceCertificate certificate, int most) throws SQLException {
        DeviceId device = certificate.device();
        long there = sql.one(
                        "SELECT COUNT(*) FROM device_certificate WHERE product = ? AND device = ?",
                        Row::number,
                        device.product(),
                        device.name())
                .orElse(0L);
        if (there < most) {
            return;
        }
        int freed = sql.update("""
                DELETE FROM device_certificate WHERE fingerprint = (SELECT fingerprint FROM device_certificate
                WHERE product = ? AND device = ? AND (revoked IS NOT NULL OR expires < ?) ORDER BY issued LIMIT 1)""", device.product(), device.name(), certificate.issued());
        if (freed == 0) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED, "device " + device + " has " + most + " valid certificates: revoke some");
        }
    }

    @Override
    public Optional<DeviceCertificate> find(Fingerprint fingerprint) {
        return database.read(sql ->
                sql.one(SELECT + "WHERE c.fingerprint = ?", SqlCertificateStore::certificate, fingerprint.hex()));
    }

    @Override
    public Optional<DeviceCertificate> find(DeviceId device, String serial) {
        return database.read(sql -> sql.one(
                SELECT + "WHERE c.product = ? AND c.device = ? AND c.serial = ?",
                SqlCertificateStore::certificate,
                device.product(),
                device.name(),
                serial));
    }

    @Override
    public Optional<DeviceCertificate> newest(DeviceId device) {
        return database.read(sql -> sql.one(
                SELECT + "WHERE c.product = ? AND c.device = ? ORDER BY c.issued DESC, c.fingerprint DESC LIMIT 1",
                SqlCertificateStore::certificate,
                device.product(),
                device.name()));
    }

    @Override
    public Page<DeviceCertificate> list(Filter filter, Page.Request page) {
        Condition where = new Condition("1 = ?", 1).among("p.space", filter.spaces());
        if (filter.product() != null) {
            where.and("c.product = ?", filter.product());
        }
        if (filter.device() != null) {
            where.and("c.device = ?", filter.device());
        }
        if (filter.endingBefore() != null) {
            where.and("c.expires < ? AND " + LAST, filter.endingBefore());
        }
        if (page.after() != null) {
            where.and(AFTER, page.after());
        }
        List<DeviceCertificate> found = database.read(sql -> sql.list(
                SELECT + "JOIN product p ON p.key = c.product WHERE " + where.sql()
                        + " ORDER BY c.product, c.device, c.issued, c.fingerprint LIMIT ?",
                SqlCertificateStore::certificate,
                where.values(page.limit() + 1)));
        return Page.cut(found, page, certificate -> certificate.fingerprint().hex());
    }

    @Override
    public Optional<Payload> key(Fingerprint fingerprint) {
        return database.read(sql -> sql.one(
                        "SELECT key FROM device_certificate WHERE fingerprint = ? AND key IS NOT NULL",
                        Row::bytes,
                        fingerprint.hex()))
                .map(kept -> Payload.owned(cipher.openBytes(kept, SecretCipher.rowOfCertificate(fingerprint))));
    }

    @Override
    public boolean revoke(Fingerprint fingerprint, Instant at) {
        return database.write(
                LANE,
                sql -> sql.update(
                                "UPDATE device_certificate SET revoked = ?, key = NULL"
                                        + " WHERE fingerprint = ? AND revoked IS NULL",
                                at,
                                fingerprint.hex())
                        > 0);
    }

    @Override
    public int forgetKeys(Instant madeBefore) {
        return database.write(
                LANE,
                sql -> sql.update(
                        "UPDATE device_certificate SET key = NULL WHERE key IS NOT NULL AND issued < ?", madeBefore));
    }

    @Override
    public Ending ending(Instant from, Instant until) {
        String where = " WHERE c.expires >= ? AND c.expires < ? AND " + LAST;
        return database.read(sql -> new Ending(
                sql.one("SELECT COUNT(*) FROM device_certificate c" + where, Row::number, from, until)
                        .orElse(0L),
                sql.one(SELECT + where + " ORDER BY c.expires LIMIT 1", SqlCertificateStore::certificate, from, until)
                        .orElse(null)));
    }

    @Override
    public void insertLink(Link link, Instant now, int mostOfBatch) {
        database.write(
                LANE,
                Database.referring(
                        () -> new ProblemException(Problem.NOT_FOUND, "there is no batch " + link.batch()), sql -> {
                            sql.update("DELETE FROM certificate_link WHERE expires < ?", now);
                            sql.update("""
                                    DELETE FROM certificate_link WHERE batch = ? AND digest NOT IN (SELECT digest
                                    FROM certificate_link WHERE batch = ? ORDER BY expires DESC, digest LIMIT ?)""", link.batch(), link.batch(), mostOfBatch - 1);
                            return sql.update(
                                    "INSERT INTO certificate_link (digest, batch, expires) VALUES (?, ?, ?)",
                                    link.digest(),
                                    link.batch(),
                                    link.expires());
                        }));
    }

    @Override
    public Optional<Link> findLink(String digest) {
        return database.read(sql -> sql.one(
                "SELECT digest, batch, expires FROM certificate_link WHERE digest = ?",
                row -> new Link(row.text(), row.number(), row.instant()),
                digest));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate decoded(byte[] der) throws SQLException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new SQLException("a certificate that is kept cannot be read", e);
        }
    }

    private Minted authority(Row row) throws SQLException {
        return new Minted(decoded(row.bytes()), Payload.owned(cipher.openBytes(row.bytes(), AUTHORITY_ROW)));
    }

    private static DeviceCertificate certificate(Row row) throws SQLException {
        return new DeviceCertificate(
                row.text(),
                new Fingerprint(row.text()),
                new DeviceId(row.text(), row.text()),
                row.text(),
                row.instant(),
                row.instant(),
                row.instantOrNull());
    }
}
