package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.caller.Area;
import io.berth.core.credential.Secret;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.Products;
import io.berth.core.product.Profile;
import io.berth.core.product.Spaces;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Products and the topics they allow.
public final class ProductRoutes implements NativeApi.Group {
    private final Products products;

    public ProductRoutes(Products products) {
        this.products = products;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String one = "/products/{product}";
        String topics = one + "/topics";
        return List.of(
                Route.get(
                        "/products",
                        Demand.read(Area.PRODUCTS).withinSpaces(),
                        "Lists products",
                        Paging.class,
                        ProductPage.class,
                        this::list),
                Route.create(
                                "/products",
                                Demand.operate(Area.PRODUCTS).withinSpaces(),
                                "Creates a product",
                                NewProduct.class,
                                ShownProduct.class,
                                this::create)
                        .about(NewProduct::key),
                Route.get(
                        one,
                        Demand.read(Area.PRODUCTS),
                        "Shows a product",
                        Nothing.class,
                        ShownProduct.class,
                        this::show),
                Route.post(
                        one,
                        Demand.operate(Area.PRODUCTS),
                        "Changes a product: what is not given stays",
                        ProductEdit.class,
                        ShownProduct.class,
                        this::edit),
                Route.post(
                        one + "/release",
                        Demand.operate(Area.PRODUCTS),
                        "Makes a product read-only, or takes that back",
                        Release.class,
                        ShownProduct.class,
                        this::release),
                Route.delete(
                        one,
                        Demand.operate(Area.PRODUCTS),
                        "Deletes a product without devices",
                        Nothing.class,
                        this::delete),
                Route.get(
                        topics,
                        Demand.read(Area.PRODUCTS),
                        "Lists topics",
                        Nothing.class,
                        TopicList.class,
                        this::topics),
                Route.create(
                        topics,
                        Demand.operate(Area.PRODUCTS),
                        "Allows a topic",
                        Topic.class,
                        ShownProduct.class,
                        this::allow),
                Route.delete(topics, Demand.operate(Area.PRODUCTS), "Forbids a topic", TopicPath.class, this::forbid));
    }

    public enum Allow {
        PUB,
        SUB,
        BOTH;

        private Access access() {
            return switch (this) {
                case PUB -> Access.PUBLISH;
                case SUB -> Access.SUBSCRIBE;
                case BOTH -> Access.BOTH;
            };
        }

        private static Allow of(Access access) {
            return switch (access) {
                case PUBLISH -> PUB;
                case SUBSCRIBE -> SUB;
                case BOTH -> BOTH;
            };
        }
    }

    public record NewProduct(
            String name,
            @Nullable String key,
            @Nullable String secret,
            @Nullable String huaweiId,
            @Nullable AuthKind auth,
            @Nullable NodeType node,
            @Nullable DataFormat format,
            @Nullable Boolean dynamicRegistration,
            @Nullable String space,
            @Nullable String description) {}

    public record ProductEdit(
            @Nullable String name,
            @Nullable String description,
            @Nullable String space,
            @Nullable DataFormat format,
            @Nullable Boolean dynamicRegistration,
            @Nullable Boolean withoutPreregistration) {
        boolean isAboutRegistration() {
            return dynamicRegistration != null || withoutPreregistration != null;
        }

        boolean isAboutMore() {
            return name != null || description != null || space != null || format != null;
        }
    }

    public record Release(boolean released) {}

    /// @param secret null in listings, and for callers that may only look
    public record ShownProduct(
            String key,
            @Nullable String secret,
            String huaweiId,
            String name,
            AuthKind auth,
            NodeType node,
            DataFormat format,
            boolean dynamicRegistration,
            boolean withoutPreregistration,
            String space,
            @Nullable String description,
            boolean released,
            List<AllowedTopic> topics,
            Instant created) {
        private static ShownProduct of(Product product, @Nullable String secret) {
            return new ShownProduct(
                    product.key(),
                    secret,
                    product.alias(),
                    product.name(),
                    product.auth(),
                    product.nodeType(),
                    product.format(),
                    product.dynamicRegistration(),
                    product.withoutPreregistration(),
                    product.space(),
                    said(product.profile().description()),
                    product.released(),
                    AllowedTopic.all(product),
                    product.created());
        }

        /// Null, and so left out, where nobody said anything.
        private static @Nullable String said(String text) {
            return text.isEmpty() ? null : text;
        }

        private static ShownProduct whole(Call<?> call, Product product) {
            return of(product, call.secret(Area.PRODUCTS, product.secret()));
        }

        private static ShownProduct listed(Product product) {
            return of(product, null);
        }
    }

    public record ProductPage(
            List<ShownProduct> items, @Nullable String next) {}

    public record Topic(String topic, Allow allow) {}

    public record TopicPath(String topic) {}

    public record AllowedTopic(String path, Allow allow) {
        private static List<AllowedTopic> all(Product product) {
            return product.topics().stream()
                    .map(topic -> new AllowedTopic(topic.path(), Allow.of(topic.access())))
                    .toList();
        }
    }

    public record TopicList(List<AllowedTopic> items) {}

    private ProductPage list(Call<Paging> call) {
        ProductFilter reached = new ProductFilter(call.rights().spaces(), null, Map.of(), null);
        Page<Product> page = products.list(reached, call.input().request());
        return new ProductPage(Paging.items(page, ShownProduct::listed), page.next());
    }

    private ShownProduct create(Call<NewProduct> call) {
        NewProduct wanted = call.input();
        return ShownProduct.whole(
                call,
                products.create(new Products.Draft(
                        wanted.name(),
                        wanted.key(),
                        wanted.huaweiId(),
                        wanted.secret() != null ? new Secret(wanted.secret()) : null,
                        Objects.requireNonNullElse(wanted.auth(), AuthKind.SECRET),
                        Objects.requireNonNullElse(wanted.node(), NodeType.DIRECT),
                        Objects.requireNonNullElse(wanted.format(), DataFormat.JSON),
                        Boolean.TRUE.equals(wanted.dynamicRegistration()),
                        space(call, wanted.space()),
                        Profile.EMPTY.described(Objects.requireNonNullElse(wanted.description(), "")))));
    }

    private ShownProduct edit(Call<ProductEdit> call) {
        ProductEdit wanted = call.input();
        String key = call.path("product");
        if (wanted.space() != null) {
            demandReach(call, wanted.space());
        }
        if (wanted.isAboutMore() || !wanted.isAboutRegistration()) {
            Profile profile = wanted.description() == null
                    ? null
                    : products.get(key).profile().described(wanted.description());
            products.edit(key, new Product.Edit(wanted.name(), wanted.space(), wanted.format(), profile));
        }
        if (wanted.isAboutRegistration()) {
            products.register(
                    key, new Product.Registration(wanted.dynamicRegistration(), wanted.withoutPreregistration()));
        }
        return ShownProduct.whole(call, products.get(key));
    }

    private static String space(Call<?> call, @Nullable String wanted) {
        String space = wanted != null ? wanted : call.rights().usualSpace();
        demandReach(call, space);
        return space;
    }

    private static void demandReach(Call<?> call, String space) {
        if (!call.rights().reach(space)) {
            throw Spaces.notFound(space);
        }
    }

    private ShownProduct release(Call<Release> call) {
        return ShownProduct.whole(
                call, products.release(call.path("product"), call.input().released()));
    }

    private ShownProduct show(Call<Nothing> call) {
        return ShownProduct.whole(call, products.get(call.path("product")));
    }

    private void delete(Call<Nothing> call) {
        products.delete(call.path("product"));
    }

    private TopicList topics(Call<Nothing> call) {
        return new TopicList(AllowedTopic.all(products.get(call.path("product"))));
    }

    private ShownProduct allow(Call<Topic> call) {
        TopicClass topic =
                TopicClass.parse(call.input().topic(), call.input().allow().access());
        return ShownProduct.listed(products.allowTopic(call.path("product"), topic));
    }

    private void forbid(Call<TopicPath> call) {
        TopicClass topic = TopicClass.parse(call.input().topic(), Access.SUBSCRIBE);
        products.forbidTopic(call.path("product"), topic.path());
    }
}
