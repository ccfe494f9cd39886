package io.berth.dialect.huawei.rest;

import static io.berth.core.caller.Area.MESSAGES;
import static io.berth.core.caller.Area.THINGS;
import static io.berth.dialect.huawei.rest.Operation.ask;
import static io.berth.dialect.huawei.rest.Operation.get;
import static io.berth.dialect.huawei.rest.Operation.put;
import static io.berth.dialect.huawei.rest.Operation.tell;

import io.berth.dialect.huawei.rest.Catalogue.Section;
import io.berth.dialect.huawei.rest.HuaweiCommandListings.CountWanted;
import io.berth.dialect.huawei.rest.HuaweiCommandRoutes.CommandOnly;
import io.berth.dialect.huawei.rest.HuaweiCommandRoutes.NewAsyncCommand;
import io.berth.dialect.huawei.rest.HuaweiCommandRoutes.NewCommand;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.DeviceOnly;
import io.berth.dialect.huawei.rest.HuaweiMessageRoutes.MessageOnly;
import io.berth.dialect.huawei.rest.HuaweiPropertyRoutes.Asked;
import io.berth.dialect.huawei.rest.HuaweiPropertyRoutes.NewValues;
import io.berth.dialect.huawei.rest.HuaweiShadowRoutes.NewDesired;
import java.util.List;

/// The routes of what devices are, are told and are asked (spec huawei-iotda-routes 7.4).
final class ThingRows {
    private static final String DEVICE = "devices/{device_id}/";
    private static final String ASYNC = DEVICE + "async-commands";
    private static final String HISTORY = DEVICE + "async-commands-history";

    private final HuaweiShadowRoutes shadows;
    private final HuaweiPropertyRoutes properties;
    private final HuaweiCommandRoutes commands;
    private final HuaweiCommandListings listings;
    private final HuaweiMessageRoutes messages;

    ThingRows(RestServices services, DeviceAnswers answers) {
        this.shadows = new HuaweiShadowRoutes(services);
        this.properties = new HuaweiPropertyRoutes(answers);
        this.commands = new HuaweiCommandRoutes(services, answers);
        this.listings = new HuaweiCommandListings(services);
        this.messages = new HuaweiMessageRoutes(services);
    }

    Section section() {
        return new Section(
                "7.4",
                "Shadow, properties, commands, messages",
                List.of(
                        get("ShowDeviceShadow", DEVICE + "shadow", THINGS, DeviceOnly.class, shadows::show),
                        put(
                                "UpdateDeviceShadowDesiredData",
                                DEVICE + "shadow",
                                THINGS,
                                NewDesired.class,
                                shadows::want),
                        get("ListProperties", DEVICE + "properties", THINGS, Asked.class, properties::read),
                        put("UpdateProperties", DEVICE + "properties", THINGS, NewValues.class, properties::set),
                        tell("CreateCommand", DEVICE + "commands", THINGS, NewCommand.class, commands::call)
                                .answers(200),
                        tell("CreateAsyncCommand", ASYNC, THINGS, NewAsyncCommand.class, commands::create),
                        get("ListAsyncCommands", ASYNC, THINGS, HuaweiCommandListings.Wanted.class, listings::queue),
                        get(
                                "ShowAsyncDeviceCommand",
                                ASYNC + "/{command_id}",
                                THINGS,
                                CommandOnly.class,
                                commands::show),
                        get(
                                "ListAsyncHistoryCommands",
                                HISTORY,
                                THINGS,
                                HuaweiCommandListings.Wanted.class,
                                listings::history),
                        ask(
                                "CountAsyncHistoryCommands",
                                HISTORY + "/count?start_time,end_time,status,command_name",
                                THINGS,
                                CountWanted.class,
                                listings::count),
                        tell("CreateMessage", DEVICE + "messages", MESSAGES, NewMessage.class, messages::create),
                        get("ListDeviceMessages", DEVICE + "messages", MESSAGES, DeviceOnly.class, messages::list),
                        get(
                                "ShowDeviceMessage",
                                DEVICE + "messages/{message_id}",
                                MESSAGES,
                                MessageOnly.class,
                                messages::show)));
    }
}
