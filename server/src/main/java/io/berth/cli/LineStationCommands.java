package io.berth.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "station", description = "Add, list and remove who may fetch identities.")
final class LineStationCommands {
    private final Root root;

    LineStationCommands(Root root) {
        this.root = root;
    }

    @Command(description = "Let a station fetch identities; its secret is shown this once.")
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Option(
                            names = "--network",
                            paramLabel = "CIDR",
                            required = true,
                            split = ",",
                            description = "Where its requests come from, as 10.3.0.0/16; may be repeated.")
                    List<String> networks,
            @Option(
                            names = "--product",
                            paramLabel = "P",
                            split = ",",
                            description = "Only identities of this product; may be repeated.")
                    @Nullable
                    List<String> products,
            @Mixin StationProof proof) {
        JsonObject station =
                proof.body().with("name", name).with("networks", networks).with("products", products);
        proof.hand(root.api().post(Route.of("line", "stations"), station), root.output());
    }

    @Command(description = "Give a station another secret or certificate; the one before is worth nothing any more.")
    void rotate(@Parameters(paramLabel = "NAME", description = "Its name.") String name, @Mixin StationProof proof) {
        proof.hand(root.api().post(Route.of("line", "stations", name, "proof"), proof.body()), root.output());
    }

    @Command(description = "List the stations.")
    void list() {
        root.output()
                .list(
                        root.api().get(Route.of("line", "stations")).objects("items"),
                        "name",
                        "proof",
                        "networks",
                        "products",
                        "created",
                        "expires",
                        "sha256");
    }

    @Command(description = "Shut a station out.")
    void remove(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        root.delete(yes, "station", name, Route.of("line", "stations", name));
    }
}
