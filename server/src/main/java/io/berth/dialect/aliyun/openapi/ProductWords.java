package io.berth.dialect.aliyun.openapi;

import io.berth.core.product.Product;
import io.berth.json.Members;
import java.util.Map;

/// What answers say of a product.
final class ProductWords {
    static final String MODELLED = "iothub_senior";
    static final String PLAIN = "iothub";

    private static final int WIFI = 3;

    /// How devices reach the platform, by word and by number (G).
    static final Map<String, Integer> NETWORKS = Map.of("WIFI", WIFI, "CELLULAR", 6, "ETHERNET", 7, "OTHER", 8);

    private ProductWords() {}

    static boolean isModelled(String commodityCode) {
        Refusal.require(
                commodityCode.equals(MODELLED) || commodityCode.equals(PLAIN),
                "prod.InvalidAliyunCommodityCode",
                "AliyunCommodityCode is " + PLAIN + " or " + MODELLED);
        return commodityCode.equals(MODELLED);
    }

    static int network(Product product) {
        return NETWORKS.getOrDefault(product.profile().network(), WIFI);
    }

    static Members of(Product product) {
        return new Members()
                .with("AuthType", product.auth() == Product.AuthKind.X509 ? "x509" : "secret")
                .with("DataFormat", product.format() == Product.DataFormat.JSON ? 1 : 0)
                .with("Description", product.profile().description())
                .with("NodeType", product.nodeType() == Product.NodeType.GATEWAY ? 1 : 0)
                .with("ProductKey", product.key())
                .with("ProductName", product.name());
    }

    static Members listed(Product product, long devices) {
        return of(product)
                .with("DeviceCount", devices)
                .with("GmtCreate", product.created().toEpochMilli());
    }

    /// What is said of it besides.
    static Members profile(Members members, Product product) {
        return members.with("AliyunCommodityCode", product.profile().modelled() ? MODELLED : PLAIN)
                .withUnlessEmpty("CategoryKey", product.profile().category())
                .withUnlessEmpty("ProtocolType", product.profile().protocol());
    }
}
