package io.berth.storage;

import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.BadLine;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.Batch.State;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchLimits;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.RegistrationList;
import io.berth.core.batch.Target;
import io.berth.core.device.Device;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import io.berth.testing.TestBatches;
import io.berth.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Registrations from a file.
@Tag("slow")
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class RegistrationListTest {
    private static final Scope PK = new Scope("pk", null);
    private static final int MOST_LINES = 1_000;
    private static final int MOST_BYTES = 2 << 20;
    private static final int ROOM = 1_500;
    private static final BatchLimits LIMITS = new BatchLimits(
            4, 5, 100, 10_000, MOST_LINES, MOST_BYTES, 4, 1_000_000, 10_000_000, 30, Duration.ofDays(30));
    private static final Page.Request ALL = new Page.Request(null, 1000);

    private final TestEngine engine;
    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private Storage storage;
    private Devices devices;
    private Batches batches;

    RegistrationListTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        StorageConfig config = Samples.config(engine.newDatabase(directory), ROOM);
        storage = Storage.open(config, directory, MasterKey.load(directory, Samples.KEY), clock);
        storage.products().insert(product("pk"));
        Products products = new Products(storage.products(), clock, _ -> {});
        devices = new Devices(
                storage.devices(),
                products,
                clock,
                (device, _) -> storage.directory().forget(device.id()));
        batches = TestBatches.over(storage, products, devices, LIMITS, clock);
    }

    @AfterEach
    void close() {
        batches.runner().close();
        storage.close();
    }

    @Test
    void devices_come_with_what_the_columns_say_of_them_as_spreadsheets_write_it() {
        Batch made = ended(read("\uFEFFDeviceNickname,DeviceName,Device Secret,Alias\r\n"
                + "\"水表, \"\"nord\"\"\",meter-1,s3cret,hw_1\r\n"
                + "\r\n"
                + ",meter-2\r\n"));

        assertThat(made.state()).isEqualTo(State.DONE);
        assertThat(made.progress()).isEqualTo(new Batch.Progress(2, 2, 0, 0));
        Device first = devices.get(id("meter-1"));
        assertThat(first.profile().nickname()).isEqualTo("水表, \"nord\"");
        assertThat(first.secret().reveal()).isEqualTo("s3cret");
        assertThat(first.alias()).isEqualTo("hw_1");
        assertThat(devices.get(id("meter-2")).secret().reveal()).hasSize(32);
        assertThat(batches.registered(made.id(), 0, 10))
                .extracting(Device::id)
                .containsExactly(id("meter-1"), id("meter-2"));
    }

    @Test
    void every_line_that_is_wrong_is_told_with_its_number_and_column_and_the_others_are_registered() {
        storage.devices().insert(device("taken"));
        Batch made = ended(read("ProductKey,DeviceName,DeviceNickname,DeviceSecret,Alias\n"
                + "pk,good,,,\n"
                + "pk,no good,,,\n"
                + "px,other,,,\n"
                + "pk,long," + "n".repeat(257) + ",,\n"
                + "pk,blank,,a b,\n"
                + "pk,good,,,\n"
                + "pk,taken,,,\n"
                + "pk,alias,,,alias_taken\n"
                + "pk,\"open,,,\n"
                + "pk,wide,,,,x\n"
                + "pk,second,,,mine\n"
                + "pk,third,,,mine\n"));

        assertThat(made.state()).isEqualTo(State.PARTLY_DONE);
        assertThat(made.progress()).isEqualTo(new Batch.Progress(12, 2, 10, 0));
        assertThat(badLines(made))
                .extracting(BadLine::line, BadLine::column, BadLine::problem)
                .containsExactly(
                        tuple(3L, "DeviceName", Problem.INVALID_ARGUMENT),
                        tuple(4L, "ProductKey", Problem.INVALID_ARGUMENT),
                        tuple(5L, "DeviceNickname", Problem.INVALID_ARGUMENT),
                        tuple(6L, "DeviceSecret", Problem.INVALID_ARGUMENT),
                        tuple(7L, "DeviceName", Problem.DEVICE_EXISTS),
                        tuple(8L, "DeviceName", Problem.DEVICE_EXISTS),
                        tuple(9L, "Alias", Problem.ALIAS_TAKEN),
                        tuple(10L, "", Problem.INVALID_ARGUMENT),
                        tuple(11L, "", Problem.INVALID_ARGUMENT),
                        tuple(13L, "Alias", Problem.ALIAS_TAKEN));
        List<BadLine> before = badLines(made);
        batches.retry(made.id(), List.of());
        ended(made);
        assertThat(badLines(made))
                .filteredOn(line -> line.device().isEmpty())
                .isEqualTo(
                        before.stream().filter(line -> line.device().isEmpty()).toList());
    }

    @Test
    void a_name_is_met_again_far_down_the_list() {
        Stream<String> names = Stream.concat(names(200), Stream.of("d7"));

        Batch prepared = look("DeviceName\n" + String.join("\n", names.toList()));

        assertThat(prepared.state()).isEqualTo(State.PREPARED);
        assertThat(badLines(prepared)).singleElement().satisfies(bad -> {
            assertThat(bad.line()).isEqualTo(202);
            assertThat(bad.device()).isEqualTo("pk/d7");
            assertThat(bad.why()).contains("before");
        });
    }

    @Test
    void nothing_is_registered_before_a_list_that_was_looked_at_begins() {
        Batch prepared = look("DeviceName\na\nb\n");
        batches.runner().startDue();

        assertThat(storage.devices().find(id("a"))).isEmpty();
        batches.start(prepared.id());
        assertThat(ended(prepared).progress().done()).isEqualTo(2);
    }

    @Test
    void text_that_is_not_utf_8_is_told_and_not_mangled() {
        byte[] file = "DeviceName,DeviceNickname\na,水表\nb,plain\n".getBytes(Charset.forName("GBK"));

        Batch made = ended(gather(file, State.WAITING));

        assertThat(badLines(made)).singleElement().satisfies(bad -> {
            assertThat(bad.line()).isEqualTo(2);
            assertThat(bad.column()).isEqualTo("DeviceNickname");
            assertThat(bad.why()).contains("UTF-8");
        });
        assertThat(storage.devices().find(id("b"))).isPresent();
    }

    @Test
    void a_file_that_is_no_such_list_is_refused_and_leaves_nothing_behind() {
        assertListRefused("", Problem.INVALID_ARGUMENT, "empty");
        assertListRefused("DeviceName\n\n", Problem.INVALID_ARGUMENT, "no line below");
        assertListRefused("Nickname\nx\n", Problem.INVALID_ARGUMENT, "\"DeviceName\" is missing");
        assertListRefused("DeviceName,Colour\nx,red\n", Problem.INVALID_ARGUMENT, "\"Colour\" is not known");
        assertListRefused("DeviceName,device_name\nx,y\n", Problem.INVALID_ARGUMENT, "twice");
        assertListRefused("\"DeviceName\nx\n", Problem.INVALID_ARGUMENT, "line 1");
    }

    @Test
    void a_list_may_have_as_many_lines_as_are_allowed_and_not_one_more() {
        assertThat(look(lines(MOST_LINES - 1)).progress().total()).isEqualTo(MOST_LINES - 1);
        assertThat(look(lines(MOST_LINES)).progress().total()).isEqualTo(MOST_LINES);
        List<Batch> before = batches.list(Filter.ALL, ALL).items();

        assertThatThrownBy(() -> look(lines(MOST_LINES + 1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("at most 1000");
        assertThat(batches.list(Filter.ALL, ALL).items()).isEqualTo(before);
    }

    @Test
    void a_file_may_have_as_many_bytes_as_are_allowed_and_not_one_more() {
        assertThat(look(sized(MOST_BYTES - 1)).progress().total()).isEqualTo(1);
        assertThat(look(sized(MOST_BYTES)).progress().total()).isEqualTo(1);

        assertRefused(Problem.TOO_LARGE, () -> look(sized(MOST_BYTES + 1)));
        assertThat(batches.list(Filter.ALL, ALL).items()).hasSize(2);
    }

    @Test
    void lines_beyond_the_room_of_the_product_are_told_before_anything_is_registered() {
        devices.importAll(
                IntStream.range(0, ROOM - 100)
                        .mapToObj(i -> new Devices.Draft(id("old" + i), null, null, null))
                        .toList(),
                key -> product(key),
                false);

        Batch prepared = look(lines(102));

        assertThat(prepared.progress().failed()).isEqualTo(2);
        assertThat(badLines(prepared)).extracting(BadLine::line).containsExactly(102L, 103L);
        assertThat(badLines(prepared)).extracting(BadLine::problem).containsOnly(Problem.LIMIT_REACHED);
        assertThatThrownBy(() -> batches.generate("", PK, 101, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("as many devices as it may have");
    }

    @Test
    void a_list_that_was_not_read_to_the_end_at_a_crash_is_over_and_registers_nothing() {
        Batch half = new Batch(
                new BatchId(4711),
                Kind.REGISTER,
                "",
                PK,
                Value.Fields.NONE,
                Policy.AT_ONCE,
                State.READING,
                new Batch.Progress(0, 0, 0, 0),
                new Batch.Times(clock.instant(), clock.instant(), null, null),
                "");
        storage.batches().insert(half, List.of());
        storage.batches().append(half.id(), List.of(Target.of(2, id("half"))));

        batches.runner().startDue();

        Batch left = batches.get(half.id());
        assertThat(left.state()).isEqualTo(State.FAILED);
        assertThat(left.note()).contains("not read to the end");
        assertThat(left.progress().total()).isEqualTo(1);
        assertThat(storage.devices().find(id("half"))).isEmpty();
    }

    private Batch look(String csv) {
        return gather(csv.getBytes(UTF_8), State.PREPARED);
    }

    private Batch read(String csv) {
        return gather(csv.getBytes(UTF_8), State.WAITING);
    }

    private Batch gather(byte[] csv, State then) {
        return batches.gather(
                new Batches.Draft(Kind.REGISTER, "", PK, Value.Fields.NONE, Policy.AT_ONCE, List.of()),
                new RegistrationList(new ByteArrayInputStream(csv), "pk", LIMITS.maxFileBytes()),
                then);
    }

    private void assertListRefused(String csv, Problem problem, String why) {
        assertRefused(problem, () -> look(csv)).hasMessageContaining(why);
        assertThat(batches.list(Filter.ALL, ALL).items()).isEmpty();
    }

    private List<BadLine> badLines(Batch batch) {
        return batches.targets(batch.id(), new TargetFilter(Set.of(Target.State.FAILED), null), ALL).items().stream()
                .map(BadLine::of)
                .toList();
    }

    private Batch ended(Batch batch) {
        await().until(() -> {
            batches.runner().startDue();
            return batches.get(batch.id()).state().isOver() && batches.runner().running() == 0;
        });
        return batches.get(batch.id());
    }

    private static Stream<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "d" + i);
    }

    private static String lines(int count) {
        return "DeviceName\n" + String.join("\n", names(count).toList()) + "\n";
    }

    /// One device, and blank lines up to the size.
    private static String sized(int bytes) {
        String one = "DeviceName\nd\n";
        return one + "\n".repeat(bytes - one.length());
    }
}
