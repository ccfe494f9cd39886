package io.berth.compat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An owner's authority for certificates of devices, made with OpenSSL.
record OpenSslAuthority(Path directory) {
    /// What the key of a device is kept under.
    static final String PASSWORD = "device";

    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8");

    static OpenSslAuthority root(Path directory, String subject) {
        OpenSslAuthority made = new OpenSslAuthority(directory);
        List<String> words = new ArrayList<>(List.of("req", "-x509"));
        words.addAll(NEW_KEY);
        words.addAll(List.of("-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", subject));
        made.run(words);
        return made;
    }

    /// PEM.
    String certificate() {
        return read("ca.pem");
    }

    /// Signs a certificate for this subject; PEM.
    String signs(String name, String subject) {
        List<String> words = new ArrayList<>(List.of("req", "-new"));
        words.addAll(NEW_KEY);
        words.addAll(List.of("-keyout", name + ".key", "-out", name + ".csr", "-subj", subject));
        run(words);
        run(List.of(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "30",
                "-out",
                name + ".pem"));
        return read(name + ".pem");
    }

    /// What a device shows that has this certificate.
    KeyStore keyStore(String name) {
        try (InputStream pem = Files.newInputStream(directory.resolve(name + ".pem"))) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            byte[] key = Base64.getMimeDecoder().decode(read(name + ".key").replaceAll("-----[A-Z ]+-----", ""));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "device",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                    PASSWORD.toCharArray(),
                    new Certificate[] {certificate});
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> words) {
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(words);
        try {
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
