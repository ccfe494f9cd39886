package io.berth.dialect.aliyun.openapi;

import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.Products;
import io.berth.json.Members;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Products (spec aliyun-openapi 3.2).
final class ProductActions implements Action.Group {
    private static final int MAX_PAGE = 200;

    private final Products products;
    private final Devices devices;

    ProductActions(Products products, Devices devices) {
        this.products = products;
        this.devices = devices;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.PRODUCTS, Family.PRODUCTS);
        return List.of(
                about.changes("CreateProduct", NewProduct.class, this::create),
                about.reads("QueryProduct", OneProduct.class, this::query),
                about.reads("QueryProductList", ProductPage.class, this::list),
                about.changes("UpdateProduct", ChangedProduct.class, this::update),
                about.failing("prod.DeleteProductFailed").changes("DeleteProduct", OneProduct.class, this::delete),
                about.changes("ReleaseProduct", OneProduct.class, this::release),
                about.changes("CancelReleaseProduct", OneProduct.class, this::unrelease));
    }

    record OneProduct(String productKey) {}

    record ProductPage(
            int currentPage, int pageSize, @Nullable String aliyunCommodityCode) {}

    record ChangedProduct(
            String productKey, String productName, @Nullable String description) {}

    private Value.Fields create(Call<NewProduct> call) {
        demandName(call.input().productName());
        Product product = products.create(call.input().draft(call.rights()));
        Members data = ProductWords.of(product).with("Id2", false).with("ProductSecret", call.secret(product));
        return new Members()
                .with("Data", ProductWords.profile(data, product).end())
                .with("ProductKey", product.key())
                .end();
    }

    private Value.Fields query(Call<OneProduct> call) {
        Product product = call.product(call.input().productKey());
        Members data = ProductWords.listed(product, count(product))
                .with("Id2", false)
                .with("NetType", ProductWords.network(product))
                .with("Owner", true)
                .with("ProductSecret", call.secret(product))
                .with("ProductStatus", product.released() ? "RELEASE_STATUS" : "DEVELOPMENT_STATUS")
                .with("ValidateType", 1);
        return Value.Fields.of("Data", ProductWords.profile(data, product).end());
    }

    private Value.Fields list(Call<ProductPage> call) {
        ProductPage wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        String code = wanted.aliyunCommodityCode();
        ProductFilter where = new ProductFilter(
                call.rights().spaces(), null, Map.of(), code == null ? null : ProductWords.isModelled(code));
        Slice.Found<Product> found = products.find(where, paging.slice());
        List<Value> infos = found.items().stream()
                .<Value>map(
                        product -> ProductWords.listed(product, count(product)).end())
                .toList();
        Members data = new Members().with("List", Value.Fields.of("ProductInfo", new Value.Items(infos)));
        return Value.Fields.of(
                "Data", paging.tell(data, "CurrentPage", products.count(where)).end());
    }

    private Value.Fields update(Call<ChangedProduct> call) {
        ChangedProduct wanted = call.input();
        Product product = call.product(wanted.productKey());
        if (!wanted.productName().equals(product.name())) {
            demandName(wanted.productName());
        }
        String description = wanted.description() == null
                ? product.profile().description()
                : NewProduct.description(wanted.description());
        products.edit(
                product.key(),
                new Product.Edit(
                        wanted.productName(), null, null, product.profile().described(description)));
        return Value.Fields.NONE;
    }

    private Value.Fields delete(Call<OneProduct> call) {
        products.delete(call.product(call.input().productKey()).key());
        return Value.Fields.NONE;
    }

    private Value.Fields release(Call<OneProduct> call) {
        products.release(call.product(call.input().productKey()).key(), true);
        return Value.Fields.NONE;
    }

    private Value.Fields unrelease(Call<OneProduct> call) {
        products.release(call.product(call.input().productKey()).key(), false);
        return Value.Fields.NONE;
    }

    private long count(Product product) {
        return devices.count(DeviceCondition.ofProduct(product.key()));
    }

    private static void demandName(String name) {
        Refusal.require(
                NameRule.PRODUCT.holds(name),
                "prod.InvalidFormattedProductName",
                "a product name has " + NameRule.PRODUCT.demand());
    }
}
