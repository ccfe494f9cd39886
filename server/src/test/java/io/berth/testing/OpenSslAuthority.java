package io.berth.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An authority of somebody who has OpenSSL and none of our code.
///
/// @param directory where it keeps its files: `ca.pem`, `ca.key`, and those of its certificates
public record OpenSslAuthority(Path directory) {
    /// Makes a root.
    ///
    /// @param subject as OpenSSL takes it: `/O=Works/CN=Works root`
    public static OpenSslAuthority root(Path directory, String subject) {
        OpenSslAuthority made = in(directory);
        made.run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8")
                .with("-keyout", "ca.key", "-out", "ca.pem", "-days", "365", "-subj", subject)
                .well();
        return made;
    }

    /// Makes an authority below this one.
    public OpenSslAuthority below(Path where, String subject) {
        OpenSslAuthority made = in(where);
        made.request("ca", subject);
        made.write("ca.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign\n");
        made.run(
                        "x509",
                        "-req",
                        "-in",
                        "ca.csr",
                        "-CA",
                        directory.resolve("ca.pem").toString(),
                        "-CAkey")
                .with(directory.resolve("ca.key").toString(), "-set_serial", "77", "-days", "300", "-extfile", "ca.ext")
                .with("-out", "ca.pem")
                .well();
        return made;
    }

    /// Signs a certificate: `<name>.pem` and `<name>.key`.
    public ClientFiles signs(String name, String subject) {
        return signs(name, subject, "30", serial(name));
    }

    /// The same, which ended before it began.
    public ClientFiles signsExpired(String name, String subject) {
        return signs(name, subject, "-1", serial(name));
    }

    private ClientFiles signs(String name, String subject, String days, String serial) {
        request(name, subject);
        run("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", serial)
                .with("-days", days, "-out", name + ".pem")
                .well();
        return new ClientFiles(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    }

    /// A list of the certificates it takes back.
    public Path takesBack(String... names) {
        write("index.txt", "");
        write("number", "01\n");
        write("ca.conf", """
                [ca]
                default_ca = own
                [own]
                database = index.txt
                crlnumber = number
                default_md = sha256
                default_crl_days = 7
                """);
        for (String name : names) {
            run("ca", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-revoke", name + ".pem")
                    .well();
        }
        run("ca", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-gencrl", "-out", "list.pem")
                .well();
        return directory.resolve("list.pem");
    }

    public Path certificate() {
        return directory.resolve("ca.pem");
    }

    /// What OpenSSL says of a certificate's digest: `sha1` or `sha256`, hexadecimal with colons.
    public String fingerprint(ClientFiles files, String digest) {
        String said = run("x509", "-in", files.certificate().toString(), "-noout", "-fingerprint", "-" + digest)
                .well();
        return said.substring(said.indexOf('=') + 1).strip();
    }

    private static OpenSslAuthority in(Path directory) {
        try {
            return new OpenSslAuthority(Files.createDirectories(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void request(String name, String subject) {
        run("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8")
                .with("-keyout", name + ".key", "-out", name + ".csr", "-subj", subject)
                .well();
    }

    private static String serial(String name) {
        return Integer.toString(Math.floorMod(name.hashCode(), 1_000_000_000) + 1);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Command run(String... words) {
        return new Command(directory, new ArrayList<>(List.of(words)));
    }

    private record Command(Path directory, List<String> words) {
        Command with(String... more) {
            words.addAll(List.of(more));
            return this;
        }

        /// Runs it, which must succeed, and answers what it said.
        String well() {
            List<String> line = new ArrayList<>(List.of("openssl"));
            line.addAll(words);
            try {
                Process process = new ProcessBuilder(line)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
                process.getOutputStream().close();
                try (InputStream said = process.getInputStream()) {
                    String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                    assertThat(process.exitValue()).as(text).isZero();
                    return text;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
