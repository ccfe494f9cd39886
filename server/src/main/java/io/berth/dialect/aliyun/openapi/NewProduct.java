package io.berth.dialect.aliyun.openapi;

import io.berth.core.caller.Rights;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.product.Profile;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The parameters of CreateProduct (spec aliyun-openapi 3.2).
record NewProduct(
        int nodeType,
        String productName,
        @Nullable String aliyunCommodityCode,
        @Nullable String authType,
        @Nullable String categoryKey,
        @Nullable Integer dataFormat,
        @Nullable String description,
        @Nullable Boolean id2,
        @Nullable String netType,
        @Nullable String protocolType,
        @Nullable Integer validateType) {
    private static final int MAX_DESCRIPTION = 100;
    private static final String SECRET = "secret";
    private static final String X509 = "x509";
    private static final Set<String> AUTH_TYPES = Set.of(SECRET, X509);

    /// How devices behind gateways are spoken to.
    private static final Set<String> PROTOCOLS = Set.of("modbus", "opc-ua", "customize", "ble", "zigbee");

    Products.Draft draft(Rights rights) {
        refuseUnsupported();
        boolean modelled = aliyunCommodityCode != null && ProductWords.isModelled(aliyunCommodityCode);
        if (modelled && dataFormat == null) {
            throw GatewayException.missing("DataFormat");
        }
        return new Products.Draft(
                productName,
                null,
                null,
                null,
                auth(),
                node(),
                format(),
                false,
                rights.usualSpace(),
                new Profile(
                        description(description),
                        "",
                        protocol(),
                        network(),
                        "",
                        "",
                        Objects.requireNonNullElse(categoryKey, ""),
                        modelled));
    }

    static String description(@Nullable String text) {
        Refusal.require(
                text == null || text.length() <= MAX_DESCRIPTION,
                "prod.LongProductDesc",
                "a description has at most " + MAX_DESCRIPTION + " characters");
        return text == null ? "" : text;
    }

    private AuthKind auth() {
        return X509.equals(authType) ? AuthKind.X509 : AuthKind.SECRET;
    }

    private void refuseUnsupported() {
        if (Boolean.TRUE.equals(id2) || !AUTH_TYPES.contains(Objects.requireNonNullElse(authType, SECRET))) {
            throw Refusal.unsupported("devices prove themselves by their secret or by X.509 certificates");
        }
        if (X509.equals(authType) && protocolType != null) {
            throw Refusal.unsupported("devices behind gateways have no certificates"); // spec aliyun-device 1.6
        }
        if (Objects.equals(netType, "LORA")) {
            throw Refusal.unsupported("there are no LoRa networks here");
        }
        if (validateType != null && validateType != 1) {
            throw Refusal.unsupported("what devices report is always checked against the thing model");
        }
    }

    /// Who names a protocol means devices that speak it to a gateway.
    private NodeType node() {
        Refusal.require(nodeType == 0 || nodeType == 1, "prod.InvalidNodeType", "NodeType is 0 or 1");
        if (nodeType == 1) {
            return NodeType.GATEWAY;
        }
        return protocolType == null ? NodeType.DIRECT : NodeType.SUB;
    }

    private DataFormat format() {
        if (dataFormat != null && dataFormat != 0 && dataFormat != 1) {
            throw GatewayException.invalid("DataFormat", "it is 0 or 1");
        }
        return dataFormat != null && dataFormat == 0 ? DataFormat.RAW : DataFormat.JSON;
    }

    private String protocol() {
        if (protocolType != null && !PROTOCOLS.contains(protocolType)) {
            throw GatewayException.invalid("ProtocolType", "it is none of " + new TreeSet<>(PROTOCOLS));
        }
        return protocolType == null ? "" : protocolType;
    }

    private String network() {
        if (netType != null && !ProductWords.NETWORKS.containsKey(netType)) {
            throw GatewayException.invalid("NetType", "it is none of " + new TreeSet<>(ProductWords.NETWORKS.keySet()));
        }
        return netType == null ? "" : netType;
    }
}
