package io.berth.dialect.huawei.rest;

import static io.berth.core.caller.Area.CALLERS;
import static io.berth.core.caller.Area.DEVICES;
import static io.berth.core.caller.Area.GATEWAYS;
import static io.berth.core.caller.Area.GROUPS;
import static io.berth.core.caller.Area.MESSAGES;
import static io.berth.core.caller.Area.PRODUCTS;
import static io.berth.core.caller.Area.SPACES;
import static io.berth.core.caller.Area.SUBSCRIPTIONS;
import static io.berth.core.caller.Role.ADMINISTRATOR;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NO_SUCH_METHOD;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NO_SUCH_PATH;
import static io.berth.dialect.huawei.rest.Operation.act;
import static io.berth.dialect.huawei.rest.Operation.add;
import static io.berth.dialect.huawei.rest.Operation.ask;
import static io.berth.dialect.huawei.rest.Operation.delete;
import static io.berth.dialect.huawei.rest.Operation.get;
import static io.berth.dialect.huawei.rest.Operation.put;
import static io.berth.dialect.huawei.rest.Operation.tell;

import io.berth.dialect.huawei.PercentText;
import io.berth.dialect.huawei.rest.HuaweiBroadcastRoutes.NewBroadcast;
import io.berth.dialect.huawei.rest.HuaweiCertificateRoutes.CertificateOnly;
import io.berth.dialect.huawei.rest.HuaweiCertificateRoutes.NewCertificate;
import io.berth.dialect.huawei.rest.HuaweiCertificateRoutes.Proof;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.ChangedDevice;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.DeviceOnly;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.NewDevice;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.NewGateway;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.NewSecret;
import io.berth.dialect.huawei.rest.HuaweiGroupRoutes.GroupOnly;
import io.berth.dialect.huawei.rest.HuaweiProductRoutes.ProductOnly;
import io.berth.dialect.huawei.rest.HuaweiQueueRoutes.QueueOnly;
import io.berth.dialect.huawei.rest.HuaweiSpaceRoutes.SpaceOnly;
import io.berth.dialect.huawei.rest.HuaweiTemplateRoutes.NewTemplate;
import io.berth.dialect.huawei.rest.HuaweiTemplateRoutes.TemplateOnly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every route of the vendor's interface, in the order of its documentation (spec huawei-iotda-routes). Long
/// sections have a file of their own.
final class Catalogue {
    private final List<Section> sections;
    private final Map<String, List<Operation<?>>> byFirstSegment = new LinkedHashMap<>();

    /// @param number of spec huawei-iotda-routes
    record Section(String number, String title, List<Operation<?>> operations) {}

    /// @param members what the path says
    record Found<I extends Record>(Operation<I> operation, Map<String, String> members) {}

    /// @param patience how long a call waits for what a device says
    Catalogue(RestServices services, Duration patience) {
        sections = List.of(
                spaces(new HuaweiSpaceRoutes(services)),
                products(new HuaweiProductRoutes(services)),
                devices(services, new HuaweiDeviceRoutes(services), new HuaweiSearchRoutes(services)),
                new ThingRows(services, new DeviceAnswers(services.calls(), patience)).section(),
                broadcast(new HuaweiBroadcastRoutes(services)),
                queues(new HuaweiQueueRoutes(services), new HuaweiAccessCodes(services)),
                new ForwardingRows(services).section(),
                LinkageRows.section(new HuaweiLinkageRoutes(services)),
                groups(new HuaweiGroupRoutes(services), new HuaweiTagRoutes(services)),
                new BatchRows(services).section(),
                certificates(new HuaweiCertificateRoutes(services), new HuaweiTemplateRoutes(services)),
                UnbuiltRows.upgrades(),
                UnbuiltRows.rest());
        for (Section section : sections) {
            for (Operation<?> operation : section.operations()) {
                byFirstSegment
                        .computeIfAbsent(operation.path().segments().getFirst(), _ -> new ArrayList<>())
                        .add(operation);
            }
        }
    }

    List<Section> sections() {
        return sections;
    }

    /// Which operation a request is for.
    ///
    /// @param raw the segments of its path below the project, still encoded
    Found<?> find(String method, List<String> raw) {
        List<String> segments = raw.stream().map(PercentText::decode).toList();
        boolean isKnownPath = false;
        for (Operation<?> operation :
                byFirstSegment.getOrDefault(segments.isEmpty() ? "" : segments.getFirst(), List.of())) {
            Optional<Map<String, String>> members = operation.path().match(segments);
            if (members.isPresent() && operation.method().equals(method)) {
                return new Found<>(operation, members.get());
            }
            isKnownPath |= members.isPresent();
        }
        throw isKnownPath
                ? new RestException(NO_SUCH_METHOD, "The API does not exist: nothing answers " + method + " there")
                : new RestException(NO_SUCH_PATH, "The API does not exist or has not been published");
    }

    private static Section spaces(HuaweiSpaceRoutes on) {
        return new Section(
                "7.1",
                "Resource spaces",
                List.of(
                        add("AddApplication", "apps", SPACES, HuaweiSpaceRoutes.NewSpace.class, on::add),
                        get("ShowApplications", "apps", SPACES, HuaweiSpaceRoutes.Wanted.class, on::list),
                        get("ShowApplication", "apps/{app_id}", SPACES, SpaceOnly.class, on::show),
                        put("UpdateApplication", "apps/{app_id}", SPACES, HuaweiSpaceRoutes.Renamed.class, on::update),
                        delete("DeleteApplication", "apps/{app_id}", SPACES, SpaceOnly.class, on::delete)));
    }

    private static Section products(HuaweiProductRoutes on) {
        return new Section(
                "7.2",
                "Products",
                List.of(
                        add("CreateProduct", "products", PRODUCTS, HuaweiProductRoutes.NewProduct.class, on::create),
                        get("ListProducts", "products", PRODUCTS, HuaweiProductRoutes.Wanted.class, on::list),
                        get("ShowProduct", "products/{product_id}", PRODUCTS, ProductOnly.class, on::show),
                        put(
                                "UpdateProduct",
                                "products/{product_id}",
                                PRODUCTS,
                                HuaweiProductRoutes.ChangedProduct.class,
                                on::update),
                        delete("DeleteProduct", "products/{product_id}", PRODUCTS, ProductOnly.class, on::delete)));
    }

    private static Section devices(RestServices services, HuaweiDeviceRoutes on, HuaweiSearchRoutes searches) {
        return new Section(
                "7.3",
                "Devices",
                List.of(
                        add("AddDevice", "devices", DEVICES, NewDevice.class, on::add),
                        get("ListDevices", "devices", DEVICES, HuaweiDeviceRoutes.Wanted.class, on::list),
                        get("ShowDevice", "devices/{device_id}", DEVICES, DeviceOnly.class, on::show),
                        put("UpdateDevice", "devices/{device_id}", DEVICES, ChangedDevice.class, on::update),
                        delete("DeleteDevice", "devices/{device_id}", DEVICES, DeviceOnly.class, on::delete),
                        act(
                                "ResetDeviceSecret",
                                "devices/{device_id}/action?action_id",
                                DEVICES,
                                NewSecret.class,
                                on::resetSecret),
                        act(
                                "ResetFingerprint",
                                "devices/{device_id}/reset-fingerprint",
                                DEVICES,
                                HuaweiFingerprintRoutes.NewFingerprint.class,
                                new HuaweiFingerprintRoutes(services)::reset),
                        act("FreezeDevice", "devices/{device_id}/freeze", DEVICES, DeviceOnly.class, on::freeze),
                        act("UnfreezeDevice", "devices/{device_id}/unfreeze", DEVICES, DeviceOnly.class, on::unfreeze),
                        act(
                                "ChangeGateway",
                                "devices/{device_id}/change-gateway",
                                GATEWAYS,
                                NewGateway.class,
                                on::changeGateway),
                        ask(
                                "SearchDevices",
                                "search/query-devices",
                                DEVICES,
                                HuaweiSearchRoutes.Wanted.class,
                                searches::search),
                        ask(
                                "ListDeviceGroupsByDevice",
                                "devices/{device_id}/list-device-group",
                                GROUPS,
                                DeviceOnly.class,
                                searches::groups)));
    }

    private static Section broadcast(HuaweiBroadcastRoutes on) {
        return new Section(
                "7.5",
                "Broadcast",
                List.of(tell("BroadcastMessage", "broadcast-messages", MESSAGES, NewBroadcast.class, on::send)));
    }

    private static Section queues(HuaweiQueueRoutes on, HuaweiAccessCodes codes) {
        return new Section(
                "7.6",
                "AMQP queues and access credentials",
                List.of(
                        add("AddQueue", "amqp-queues", SUBSCRIPTIONS, HuaweiQueueRoutes.NewQueue.class, on::add),
                        get("BatchShowQueue", "amqp-queues", SUBSCRIPTIONS, HuaweiQueueRoutes.Wanted.class, on::list),
                        get("ShowQueue", "amqp-queues/{queue_id}", SUBSCRIPTIONS, QueueOnly.class, on::show),
                        delete("DeleteQueue", "amqp-queues/{queue_id}", SUBSCRIPTIONS, QueueOnly.class, on::delete),
                        add(
                                        "CreateAccessCode",
                                        "auth/accesscode",
                                        CALLERS,
                                        HuaweiAccessCodes.Wanted.class,
                                        codes::create)
                                .only(ADMINISTRATOR)));
    }

    private static Section groups(HuaweiGroupRoutes on, HuaweiTagRoutes tags) {
        return new Section(
                "7.9",
                "Groups, tags",
                List.of(
                        add("AddDeviceGroup", "device-group", GROUPS, HuaweiGroupRoutes.NewGroup.class, on::add),
                        get("ListDeviceGroups", "device-group", GROUPS, HuaweiGroupRoutes.Wanted.class, on::list),
                        get("ShowDeviceGroup", "device-group/{group_id}", GROUPS, GroupOnly.class, on::show),
                        put(
                                "UpdateDeviceGroup",
                                "device-group/{group_id}",
                                GROUPS,
                                HuaweiGroupRoutes.ChangedGroup.class,
                                on::update),
                        delete("DeleteDeviceGroup", "device-group/{group_id}", GROUPS, GroupOnly.class, on::delete),
                        act(
                                "CreateOrDeleteDeviceInGroup",
                                "device-group/{group_id}/action?action_id,device_id",
                                GROUPS,
                                HuaweiGroupRoutes.Member.class,
                                on::member),
                        get(
                                "ShowDevicesInGroup",
                                "device-group/{group_id}/devices",
                                GROUPS,
                                HuaweiGroupRoutes.WantedMembers.class,
                                on::members),
                        act("TagDevice", "tags/bind-resource", DEVICES, HuaweiTagRoutes.Bound.class, tags::bind),
                        act(
                                "UntagDevice",
                                "tags/unbind-resource",
                                DEVICES,
                                HuaweiTagRoutes.Unbound.class,
                                tags::unbind),
                        ask(
                                "ListResourcesByTags",
                                "tags/query-resources?limit,marker,offset",
                                DEVICES,
                                HuaweiTagRoutes.Wanted.class,
                                tags::list)));
    }

    private static Section certificates(HuaweiCertificateRoutes on, HuaweiTemplateRoutes templates) {
        String one = "certificates/{certificate_id}";
        String template = "provisioning-templates/{template_id}";
        return new Section(
                "7.11",
                "Device CA certificates",
                List.of(
                        add("AddCertificate", "certificates", DEVICES, NewCertificate.class, on::add),
                        get(
                                "ListCertificates",
                                "certificates",
                                DEVICES,
                                HuaweiCertificateRoutes.Wanted.class,
                                on::list),
                        put("UpdateCertificate", one, DEVICES, HuaweiCertificateRoutes.Changed.class, on::update),
                        delete("DeleteCertificate", one, DEVICES, CertificateOnly.class, on::delete),
                        act("CheckCertificate", one + "/action?action_id", DEVICES, Proof.class, on::verify),
                        add(
                                "CreateProvisioningTemplate",
                                "provisioning-templates",
                                DEVICES,
                                NewTemplate.class,
                                templates::create),
                        get(
                                "ListProvisioningTemplates",
                                "provisioning-templates",
                                DEVICES,
                                HuaweiTemplateRoutes.Wanted.class,
                                templates::list),
                        get("ShowProvisioningTemplate", template, DEVICES, TemplateOnly.class, templates::show),
                        put(
                                "UpdateProvisioningTemplate",
                                template,
                                DEVICES,
                                HuaweiTemplateRoutes.Changed.class,
                                templates::update),
                        delete(
                                "DeleteProvisioningTemplate",
                                template,
                                DEVICES,
                                TemplateOnly.class,
                                templates::delete)));
    }
}
