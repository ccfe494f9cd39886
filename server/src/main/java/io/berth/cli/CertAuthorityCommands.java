package io.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ca", description = "Owners' authorities, which sign the certificates of their devices.")
final class CertAuthorityCommands {
    private static final String[] FIRST = {"id", "name", "space", "verified", "code", "enrols", "revoked", "expires"};

    private final Root root;

    CertAuthorityCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Take in an authority; it is trusted once verified.")
    void add(
            @Parameters(paramLabel = "FILE", description = "Its certificate, PEM.") Path file,
            @Option(names = "--space", paramLabel = "S", description = "For devices of this resource space.") @Nullable
                    String space) {
        JsonObject body = new JsonObject().with("space", space).with("content", read(file));
        root.output().show(root.api().post(Route.of("authorities"), body), FIRST);
    }

    @Command(description = "List the authorities.")
    void list() {
        root.output().list(root.api().get(Route.of("authorities")).objects("items"), FIRST);
    }

    @Command(description = "Show an authority and the code to prove it with.")
    void show(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        root.output().show(root.api().get(Route.of("authorities", id)), FIRST);
    }

    @Command(description = "Show a certificate whose common name is the code, signed by the authority.")
    void verify(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Parameters(paramLabel = "FILE", description = "The certificate, PEM.") Path file) {
        root.output()
                .show(
                        root.api()
                                .post(
                                        Route.of("authorities", id, "verify"),
                                        new JsonObject().with("content", read(file))),
                        FIRST);
    }

    @Command(description = "Replace its revocation list; devices that came in by those on it are thrown out.")
    void crl(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Parameters(paramLabel = "FILE", description = "The list, PEM.") Path file) {
        root.output()
                .show(
                        root.api()
                                .post(
                                        Route.of("authorities", id, "revocations"),
                                        new JsonObject().with("content", read(file))),
                        FIRST);
    }

    @Command(description = "Let devices with its certificates register themselves, or no longer.")
    void enrol(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(names = "--template", paramLabel = "T", description = "By this template.") @Nullable
                    String template,
            @Option(names = "--off", description = "No longer.") boolean off) {
        JsonObject body = new JsonObject().with("enabled", !off).with("template", template);
        root.output().show(root.api().post(Route.of("authorities", id, "enrolment"), body), FIRST);
    }

    @Command(description = "Trust it no longer; devices that came in by it are thrown out.")
    void delete(
            @Parameters(paramLabel = "ID", description = "Its id.") String id,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.confirmDeletion(yes, "authority " + id);
        root.api().delete(Route.of("authorities", id));
        root.output().say(new JsonObject().with("authority", id).with("deleted", true), "deleted " + id);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        }
    }
}
