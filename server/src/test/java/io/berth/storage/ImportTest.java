package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCsv;
import io.berth.core.device.DeviceImport;
import io.berth.core.device.DeviceImport.Summary;
import io.berth.core.device.DeviceImport.Verdict;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ParameterizedClass
@EnumSource
final class ImportTest {
    private static final String LIST = """
            ProductKey,DeviceName,DeviceSecret,HuaweiDeviceId
            pk,one,secret-1,alias-1
            pk,two,secret-2
            pk,one,secret-1,alias-1
            none,one,secret
            pk,bad name,secret
            pk,three,secret-3,alias-1
            pk,two,other-secret
            """;

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private DeviceImport imports;

    ImportTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        Products products = new Products(storage.products(), () -> NOW, _ -> {});
        imports = new DeviceImport(new Devices(storage.devices(), products, () -> NOW, (_, _) -> {}), products);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void gives_each_line_its_verdict_in_order_and_goes_on() {
        List<Verdict> verdicts = new ArrayList<>();

        Summary summary = run(LIST, false, verdicts::add);

        assertThat(verdicts)
                .satisfiesExactly(
                        verdict -> assertThat(verdict).isEqualTo(new Verdict.Created(2, id("one"))),
                        verdict -> assertThat(verdict).isEqualTo(new Verdict.Created(3, id("two"))),
                        verdict -> assertThat(verdict).isEqualTo(new Verdict.Unchanged(4, id("one"))),
                        verdict -> assertRefused(verdict, 5, Problem.PRODUCT_NOT_FOUND),
                        verdict -> assertRefused(verdict, 6, Problem.INVALID_ARGUMENT),
                        verdict -> assertRefused(verdict, 7, Problem.ALIAS_TAKEN),
                        verdict -> assertRefused(verdict, 8, Problem.DEVICE_EXISTS));
        assertThat(summary)
                .isEqualTo(new Summary(
                        2,
                        1,
                        Map.of(
                                Problem.PRODUCT_NOT_FOUND, 1L,
                                Problem.INVALID_ARGUMENT, 1L,
                                Problem.ALIAS_TAKEN, 1L,
                                Problem.DEVICE_EXISTS, 1L)));
        assertThat(storage.devices().find(id("one")).map(Device::alias)).contains("alias-1");
        assertThat(storage.devices().find(id("two")))
                .contains(new Device(
                        id("two"), "alias-pk_two", "two", new Secret("secret-2"), true, NOW, null, null, null));
    }

    @Test
    void a_dry_run_says_the_same_and_keeps_nothing() {
        List<Verdict> dry = new ArrayList<>();
        List<Verdict> real = new ArrayList<>();

        Summary drySummary = run(LIST, true, dry::add);
        assertThat(storage.devices().count(DeviceCondition.ofProduct("pk"))).isZero();
        Summary realSummary = run(LIST, false, real::add);

        assertThat(dry).isEqualTo(real);
        assertThat(drySummary).isEqualTo(realSummary);
    }

    @Test
    void a_dry_run_finds_duplicates_far_apart() {
        String list = lines(0, 5_000) + lines(0, 10) + "pk,d11,other-secret\npk,other,s,alias-pk_d12\n";
        List<Verdict> verdicts = new ArrayList<>();

        Summary summary = run(list, true, verdicts::add);

        assertThat(summary)
                .isEqualTo(new Summary(5_000, 10, Map.of(Problem.DEVICE_EXISTS, 1L, Problem.ALIAS_TAKEN, 1L)));
        assertThat(run(list, false, _ -> {})).isEqualTo(summary);
    }

    @Test
    @Timeout(600)
    void imports_a_hundred_thousand_devices_and_again_without_a_change() {
        String list = lines(0, 100_000) + "pk,,nameless\n";

        assertThat(run(list, false, _ -> {})).isEqualTo(new Summary(100_000, 0, Map.of(Problem.INVALID_ARGUMENT, 1L)));
        assertThat(run(list, false, _ -> {})).isEqualTo(new Summary(0, 100_000, Map.of(Problem.INVALID_ARGUMENT, 1L)));
        assertThat(storage.devices().find(id("d99999"))).isPresent();
    }

    private Summary run(String list, boolean dryRun, Consumer<Verdict> sink) {
        return imports.run(new DeviceCsv(new StringReader(list)), dryRun, sink);
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "pk,d" + i + ",secret-" + i + "\n")
                .collect(Collectors.joining());
    }

    private static void assertRefused(Verdict verdict, long line, Problem problem) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
        assertThat(verdict.line()).isEqualTo(line);
    }
}
