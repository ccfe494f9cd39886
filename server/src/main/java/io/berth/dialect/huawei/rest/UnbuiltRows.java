package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.rest.Operation.notBuilt;

import io.berth.dialect.huawei.rest.Catalogue.Section;
import java.util.List;

/// Sections of which nothing is built: their routes are known and say so (spec huawei-iotda-routes).
final class UnbuiltRows {
    private UnbuiltRows() {}

    static Section upgrades() {
        return new Section(
                "7.12",
                "OTA packages",
                List.of(
                        notBuilt("CreateOtaPackage", "POST", "ota-upgrades/packages"),
                        notBuilt("ListOtaPackageInfo", "GET", "ota-upgrades/packages"),
                        notBuilt("ShowOtaPackage", "GET", "ota-upgrades/packages/{package_id}"),
                        notBuilt("DeleteOtaPackage", "DELETE", "ota-upgrades/packages/{package_id}"),
                        notBuilt("AddFunctions", "POST", "product-functions"),
                        notBuilt("ListFunctions", "GET", "product-functions"),
                        notBuilt("DeleteFunctions", "DELETE", "product-functions/{function_id}")));
    }

    static Section rest() {
        return new Section(
                "7.13",
                "Tunnels",
                List.of(
                        notBuilt("AddTunnel", "POST", "tunnels"),
                        notBuilt("ListDeviceTunnels", "GET", "tunnels"),
                        notBuilt("ShowDeviceTunnel", "GET", "tunnels/{tunnel_id}"),
                        notBuilt("CloseDeviceTunnel", "PUT", "tunnels/{tunnel_id}"),
                        notBuilt("DeleteDeviceTunnel", "DELETE", "tunnels/{tunnel_id}"),
                        notBuilt("CreateDevicePolicy", "POST", "device-policies"),
                        notBuilt("ListDevicePolicies", "GET", "device-policies"),
                        notBuilt("ShowDevicePolicy", "GET", "device-policies/{policy_id}"),
                        notBuilt("UpdateDevicePolicy", "PUT", "device-policies/{policy_id}"),
                        notBuilt("DeleteDevicePolicy", "DELETE", "device-policies/{policy_id}"),
                        notBuilt("BindDevicePolicy", "POST", "device-policies/{policy_id}/bind"),
                        notBuilt("UnbindDevicePolicy", "POST", "device-policies/{policy_id}/unbind"),
                        notBuilt("ShowTargetsInDevicePolicy", "POST", "device-policies/{policy_id}/list-targets"),
                        notBuilt("CreateDeviceProxy", "POST", "device-proxies"),
                        notBuilt("ListDeviceProxies", "GET", "device-proxies"),
                        notBuilt("ShowDeviceProxy", "GET", "device-proxies/{proxy_id}"),
                        notBuilt("UpdateDeviceProxy", "PUT", "device-proxies/{proxy_id}"),
                        notBuilt("DeleteDeviceProxy", "DELETE", "device-proxies/{proxy_id}"),
                        notBuilt("AddBridge", "POST", "bridges"),
                        notBuilt("ListBridges", "GET", "bridges"),
                        notBuilt("ResetBridgeSecret", "POST", "bridges/{bridge_id}/reset-secret"),
                        notBuilt("DeleteBridge", "DELETE", "bridges/{bridge_id}"),
                        notBuilt("CreateDeviceAuthorizer", "POST", "device-authorizers"),
                        notBuilt("ListDeviceAuthorizers", "GET", "device-authorizers"),
                        notBuilt("ShowDeviceAuthorizer", "GET", "device-authorizers/{authorizer_id}"),
                        notBuilt("UpdateDeviceAuthorizer", "PUT", "device-authorizers/{authorizer_id}"),
                        notBuilt("DeleteDeviceAuthorizer", "DELETE", "device-authorizers/{authorizer_id}")));
    }
}
