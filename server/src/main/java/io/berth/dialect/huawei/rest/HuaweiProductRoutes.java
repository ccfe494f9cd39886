package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.Products;
import io.berth.core.product.Profile;
import io.berth.core.product.Space;
import io.berth.core.product.ThingModels;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.huawei.HuaweiModel;
import io.berth.dialect.huawei.HuaweiStamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Products and their models (spec huawei-iotda 7.2, 10). A model is in force as soon as it is written.
final class HuaweiProductRoutes {
    private static final List<String> PROTOCOLS =
            List.of("MQTT", "CoAP", "HTTP", "HTTPS", "Modbus", "ONVIF", "OPC-UA", "OPC-DA", "TCP", "UDP", "Other");
    private static final int MAX_ID = 36;
    private static final int MAX_NAME = 64;
    private static final int MAX_KIND = 32;

    private final Products products;
    private final ThingModels models;

    HuaweiProductRoutes(RestServices services) {
        this.products = services.products();
        this.models = services.models();
    }

    record NewProduct(
            @Nullable String productId,
            String name,
            String deviceType,
            String protocolType,
            String dataFormat,
            @Nullable List<Value> serviceCapabilities,
            @Nullable String manufacturerName,
            @Nullable String industry,
            @Nullable String description,
            @Nullable String appId) {
        Words words() {
            return new Words(deviceType, protocolType, manufacturerName, industry, description);
        }
    }

    /// What is null stays.
    record ChangedProduct(
            String productId,
            @Nullable String appId,
            @Nullable String name,
            @Nullable String deviceType,
            @Nullable String protocolType,
            @Nullable String dataFormat,
            @Nullable List<Value> serviceCapabilities,
            @Nullable String manufacturerName,
            @Nullable String industry,
            @Nullable String description) {
        Words words() {
            return new Words(deviceType, protocolType, manufacturerName, industry, description);
        }
    }

    /// What is said of a product; what is null stays.
    record Words(
            @Nullable String deviceType,
            @Nullable String protocolType,
            @Nullable String manufacturerName,
            @Nullable String industry,
            @Nullable String description) {
        Profile over(Profile before) {
            require(
                    protocolType == null || PROTOCOLS.contains(protocolType),
                    "\"protocol_type\" must be one of " + String.join(", ", PROTOCOLS));
            String kind = Objects.requireNonNullElse(deviceType, before.kind());
            requireLength("device_type", kind, MAX_KIND);
            return new Profile(
                    Objects.requireNonNullElse(description, before.description()),
                    kind,
                    Objects.requireNonNullElse(protocolType, before.protocol()),
                    before.network(),
                    Objects.requireNonNullElse(manufacturerName, before.manufacturer()),
                    Objects.requireNonNullElse(industry, before.industry()),
                    before.category(),
                    before.modelled());
        }
    }

    record ProductOnly(String productId, @Nullable String appId) {}

    record Wanted(
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable String appId,
            @Nullable String productName,
            @Nullable Integer offset) {}

    /// @param serviceCapabilities null in listings
    record Shown(
            String appId,
            String appName,
            String productId,
            String name,
            String deviceType,
            String protocolType,
            String dataFormat,
            String manufacturerName,
            String industry,
            String description,
            @Nullable Value serviceCapabilities,
            String createTime) {}

    record ShownList(List<Shown> products, Paging.Shown page) {}

    Shown create(RestCall<NewProduct> call) {
        NewProduct wanted = call.input();
        Space space = call.sight().space(wanted.appId());
        if (wanted.productId() != null) {
            requireLength("product_id", wanted.productId(), MAX_ID);
        }
        // before the product is made: a model that cannot be leaves nothing behind
        ThingModel model = HuaweiModel.of(Objects.requireNonNullElse(wanted.serviceCapabilities(), List.of()));
        Product product = products.create(new Products.Draft(
                name(wanted.name()),
                null,
                wanted.productId(),
                null,
                AuthKind.SECRET,
                // any device of this vendor may have others behind it
                NodeType.GATEWAY,
                format(wanted.dataFormat()),
                false,
                space.id(),
                wanted.words().over(Profile.EMPTY)));
        return shown(call.sight(), model.modules().isEmpty() ? product : publish(product, model), true);
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        Set<String> spaces = wanted.appId() == null
                ? call.sight().rights().spaces()
                : Set.of(call.sight().space(wanted.appId()).id());
        ProductFilter where = new ProductFilter(spaces, wanted.productName(), Map.of(), null);
        Slice.Found<Product> found = products.find(where, paging.slice());
        return new ShownList(
                found.items().stream()
                        .map(product -> shown(call.sight(), product, false))
                        .toList(),
                paging.shown(products.count(where), found.last()));
    }

    Shown show(RestCall<ProductOnly> call) {
        return shown(
                call.sight(),
                found(call.sight(), call.input().productId(), call.input().appId()),
                true);
    }

    Shown update(RestCall<ChangedProduct> call) {
        ChangedProduct wanted = call.input();
        Product product = found(call.sight(), wanted.productId(), wanted.appId());
        ThingModel model = wanted.serviceCapabilities() == null ? null : HuaweiModel.of(wanted.serviceCapabilities());
        Product edited = products.edit(
                product.key(),
                new Product.Edit(
                        wanted.name() == null ? null : name(wanted.name()),
                        null,
                        wanted.dataFormat() == null ? null : format(wanted.dataFormat()),
                        wanted.words().over(product.profile())));
        return shown(call.sight(), model == null ? edited : publish(edited, model), true);
    }

    @Nullable
    Void delete(RestCall<ProductOnly> call) {
        products.delete(
                found(call.sight(), call.input().productId(), call.input().appId())
                        .key());
        return null;
    }

    /// A product of another space than the named one is not found.
    private static Product found(Sight sight, String productId, @Nullable String appId) {
        Product product = sight.product(productId);
        if (appId != null && !sight.space(appId).id().equals(product.space())) {
            throw Products.notFound(productId);
        }
        return product;
    }

    private Product publish(Product product, ThingModel model) {
        models.saveDraft(product.key(), model);
        models.publish(product.key());
        return product.withModel(model);
    }

    private static Shown shown(Sight sight, Product product, boolean whole) {
        Profile profile = product.profile();
        Space space = sight.spaceOf(product);
        return new Shown(
                space.id(),
                space.name(),
                product.alias(),
                product.name(),
                profile.kind(),
                profile.protocol().isEmpty() ? "MQTT" : profile.protocol(),
                product.format() == DataFormat.RAW ? "binary" : "json",
                profile.manufacturer(),
                profile.industry(),
                profile.description(),
                whole ? HuaweiModel.capabilities(product) : null,
                HuaweiStamp.seconds(product.created()));
    }

    private static String name(String name) {
        requireLength("name", name, MAX_NAME);
        return name;
    }

    private static void requireLength(String member, String text, int max) {
        require(!text.isBlank() && text.length() <= max, "\"" + member + "\" must have 1 to " + max + " characters");
    }

    private static DataFormat format(String word) {
        require(word.equals("json") || word.equals("binary"), "\"data_format\" must be json or binary");
        return word.equals("json") ? DataFormat.JSON : DataFormat.RAW;
    }
}
