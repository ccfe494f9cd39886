package io.berth.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.thing.Check;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.aliyun.AliyunTsl;
import io.berth.dialect.huawei.HuaweiModel;
import io.berth.dialect.huawei.HuaweiModel.Form;
import io.berth.testing.TestProducts;
import io.berth.testing.ThingModels;
import io.berth.testing.ThingValues;
import io.berth.testing.ThingValues.Fitting;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/// What holds for every file format, and between them.
final class ModelFormatsTest {
    private static final ModelFormat TSL = new AliyunTsl();
    private static final ModelFormat HUAWEI = new HuaweiModel(Form.JSON);
    private static final ModelFormat ZIP = new HuaweiModel(Form.ZIP);

    private static ModelFormat.Exported write(ModelFormat format, ThingModel model) {
        return format.write(TestProducts.with(model), model);
    }

    @net.jqwik.api.Property(tries = 300)
    void every_model_can_be_written_and_read_again_and_then_changes_no_more(
            @ForAll("models") ThingModel model, @ForAll("formats") ModelFormat format) {
        Payload first = write(format, model).file();
        ThingModel again = format.read(first).model();
        assertThat(write(format, again).file()).isEqualTo(first);
    }

    @net.jqwik.api.Property(tries = 300)
    void a_model_passes_from_one_format_to_the_other_and_back(@ForAll("models") ThingModel model) {
        ThingModel huawei = HUAWEI.read(write(HUAWEI, model).file()).model();
        ThingModel tsl = TSL.read(write(TSL, huawei).file()).model();
        assertThat(tsl.properties().keySet()).isEqualTo(model.properties().keySet());
        assertThat(HUAWEI.read(write(HUAWEI, tsl).file()).model().properties().keySet())
                .isEqualTo(model.properties().keySet());
    }

    @net.jqwik.api.Property
    void a_value_of_a_type_that_passed_without_a_note_still_fits(
            @ForAll("fitting") Fitting fitting, @ForAll("formats") ModelFormat format) {
        // a decimal's bounds do not allow for the rounding of a float (docs/compat/thing-model.md)
        Assume.that(!(fitting.type() instanceof DataType.Real(Precision precision, var _))
                || precision != Precision.FLOAT
                || format.name().equals("tsl"));
        ThingModel model = modelOf(fitting.type());
        ModelFormat.Exported exported = write(format, model);
        if (exported.notes().isEmpty()) {
            DataType type = typeIn(format.read(exported.file()).model());
            Check check = Check.tolerant();
            assertThat(type.admit(fitting.value(), "it", check)).as("%s", check).isNotNull();
        }
    }

    private static ThingModel modelOf(DataType type) {
        Property property = new Property(Parameter.of("it", type), true, true, true);
        return new ThingModel(
                List.of(new Module("", "", "", "", Module.Presence.OPTIONAL, List.of(property), List.of(), List.of())));
    }

    private static DataType typeIn(ThingModel model) {
        return model.properties().sequencedValues().getFirst().type();
    }

    @Example
    void numbers_of_a_choice_stay_numbers_on_the_wire() {
        ThingModel tsl = TSL.read(Payload.of("""
                {"properties":[{"identifier":"Mode","accessMode":"rw","dataType":{"type":"enum","specs":{"0":"auto","7":"boost"}}}]}""")).model();
        ModelFormat.Exported exported = write(HUAWEI, tsl);
        assertThat(exported.notes())
                .containsExactly("property Mode: the choice {0=auto, 7=boost} becomes any int from 0 to 7");
        assertThat(typeIn(HUAWEI.read(exported.file()).model()).admit(new Value.Whole(7), "", Check.strict()))
                .isNotNull();
    }

    @Example
    void what_one_format_has_no_word_for_is_reported() {
        ThingModel huawei = HUAWEI.read(Payload.of("""
                {"service_capabilities":[{"service_id":"lamp","service_type":"Lamp","option":"Master","properties":[
                {"property_name":"mode","data_type":"enum","enum_list":["day","night"],"method":"RW","default_value":"day"},
                {"property_name":"serial","data_type":"long","method":"R"}],
                "commands":[{"command_name":"blink","responses":[{"response_name":"blinked"}]}]}]}""")).model();
        assertThat(write(TSL, huawei).notes())
                .containsExactlyInAnyOrder(
                        "module lamp: its type Lamp is left out",
                        "module lamp: that it is master is left out",
                        "lamp:mode: one of the words [day, night] becomes any text of their length",
                        "lamp:mode: the value it starts with is left out",
                        "lamp:serial: a whole number of 64 bits becomes double, exact up to 2^53",
                        "service lamp:blink: the name of its answer, blinked, is left out");
    }

    @Example
    void files_tell_their_format() {
        ThingModel model = ThingModel.EMPTY;
        assertThat(HUAWEI.recognises(write(HUAWEI, model).file())).isTrue();
        assertThat(HUAWEI.recognises(write(TSL, model).file())).isFalse();
        assertThat(TSL.recognises(write(TSL, model).file())).isTrue();
        assertThat(ZIP.recognises(write(ZIP, model).file())).isTrue();
        assertThat(TSL.recognises(write(ZIP, model).file())).isFalse();
    }

    @Provide
    Arbitrary<ThingModel> models() {
        return ThingModels.models();
    }

    @Provide
    Arbitrary<Fitting> fitting() {
        return ThingValues.fitting();
    }

    @Provide
    Arbitrary<ModelFormat> formats() {
        return Arbitraries.of(TSL, HUAWEI, ZIP);
    }
}
