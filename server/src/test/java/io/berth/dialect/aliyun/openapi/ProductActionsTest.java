package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.product.Product;
import io.berth.core.product.Spaces;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Products and their topic classes (spec aliyun-openapi 3.2).
final class ProductActionsTest extends ActionBed {
    @Test
    void a_product_is_created_found_changed_and_deleted() {
        JsonNode created = done(
                "CreateProduct",
                "ProductName",
                "智能路灯",
                "NodeType",
                "0",
                "AliyunCommodityCode",
                "iothub_senior",
                "DataFormat",
                "0",
                "NetType",
                "CELLULAR",
                "Description",
                "lamps");
        String key = created.path("ProductKey").asString();
        assertThat(key).isEqualTo(created.at("/Data/ProductKey").asString()).matches("a1[A-Za-z0-9]{9}");
        assertThat(created.at("/Data/ProductSecret").asString()).isNotBlank();

        done("RegisterDevice", "ProductKey", key, "Nickname", "灯_1");
        JsonNode found = done("QueryProduct", "ProductKey", key).path("Data");
        assertThat(found.path("AliyunCommodityCode").asString()).isEqualTo("iothub_senior");
        assertThat(found.path("DataFormat").asInt()).isZero();
        assertThat(found.path("DeviceCount").asInt()).isEqualTo(1);
        assertThat(found.path("GmtCreate").asLong()).isEqualTo(api.clock.millis());
        assertThat(found.path("NetType").asInt()).isEqualTo(6);
        assertThat(found.path("ProductStatus").asString()).isEqualTo("DEVELOPMENT_STATUS");

        done("UpdateProduct", "ProductKey", key, "ProductName", "路灯_2", "Description", "more");
        assertThat(api.products.get(key).name()).isEqualTo("路灯_2");
        assertRefused("iot.prod.DeleteProductFailed", "DeleteProduct", "ProductKey", key);
        done("DeleteProduct", "ProductKey", "a1pk");
        assertRefused("iot.prod.NotExistedProduct", "QueryProduct", "ProductKey", "a1pk");
    }

    @Test
    void a_released_product_does_not_change() {
        done("ReleaseProduct", "ProductKey", "a1pk");

        assertThat(done("QueryProduct", "ProductKey", "a1pk")
                        .at("/Data/ProductStatus")
                        .asString())
                .isEqualTo("RELEASE_STATUS");
        assertRefused("iot.prod.UpdateProductFailed", "UpdateProduct", "ProductKey", "a1pk", "ProductName", "another");
        done("CancelReleaseProduct", "ProductKey", "a1pk");
        done("UpdateProduct", "ProductKey", "a1pk", "ProductName", "another");
    }

    @ParameterizedTest
    @CsvSource({
        "ProductName, abc, iot.prod.InvalidFormattedProductName",
        "ProductName, 灯, iot.prod.InvalidFormattedProductName",
        "ProductName, taken, iot.prod.AlreadyExistedProductName",
        "NodeType, 2, iot.prod.InvalidNodeType",
        "NodeType, x, InvalidNodeType",
        "AliyunCommodityCode, other, iot.prod.InvalidAliyunCommodityCode",
        "AliyunCommodityCode, iothub_senior, MissingDataFormat",
        "DataFormat, 7, InvalidDataFormat",
        "NetType, PIGEON, InvalidNetType",
        "ProtocolType, smoke, InvalidProtocolType",
        "AuthType, id2, iot.common.APINotSupportedInInstance",
        "NetType, LORA, iot.common.APINotSupportedInInstance",
        "ValidateType, 2, iot.common.APINotSupportedInInstance"
    })
    void what_a_product_cannot_be_is_refused(String name, String value, String code) {
        done("CreateProduct", "ProductName", "taken", "NodeType", "0");

        String[] parameters = {"ProductName", "another", "NodeType", "0"};
        assertThat(api.call("CreateProduct", with(parameters, name, value))
                        .path("Code")
                        .asString())
                .isEqualTo(code);
    }

    @Test
    void a_long_description_is_refused() {
        assertRefused(
                "iot.prod.LongProductDesc",
                "CreateProduct",
                "ProductName",
                "lamps",
                "NodeType",
                "1",
                "Description",
                "x".repeat(101));
    }

    @Test
    void products_come_in_pages_newest_first() {
        done("CreateProduct", "ProductName", "gateways", "NodeType", "1");
        done("CreateProduct", "ProductName", "meters", "NodeType", "0", "ProtocolType", "modbus");

        JsonNode page =
                done("QueryProductList", "CurrentPage", "1", "PageSize", "2").path("Data");
        assertThat(page.path("Total").asInt()).isEqualTo(3);
        assertThat(page.path("PageCount").asInt()).isEqualTo(2);
        assertThat(page.at("/List/ProductInfo/0/ProductName").asString()).isEqualTo("meters");
        assertThat(page.at("/List/ProductInfo/1/NodeType").asInt()).isEqualTo(1);
        assertThat(done(
                                "QueryProductList",
                                "CurrentPage",
                                "1",
                                "PageSize",
                                "200",
                                "AliyunCommodityCode",
                                "iothub_senior")
                        .at("/Data/Total")
                        .asInt())
                .isEqualTo(1);
        assertRefused("iot.common.InvalidPageParams", "QueryProductList", "CurrentPage", "1", "PageSize", "201");
        assertRefused("iot.common.InvalidPageParams", "QueryProductList", "CurrentPage", "0", "PageSize", "1");
    }

    @Test
    void a_caller_of_one_resource_space_makes_and_sees_products_there_only() {
        String space =
                new Spaces(api.storage.spaces(), api.clock).create("theirs").id();
        api.makeKey("theirs", "another", new Rights(Role.OPERATOR, Set.of(space), Set.of()));
        String[] them = {"AccessKeyId", "theirs"};
        api.makeDevice("a1pk", "lamp");

        String key = done("CreateProduct", with(them, "ProductName", "secret", "NodeType", "0"))
                .path("ProductKey")
                .asString();
        assertThat(api.products.get(key).space()).isEqualTo(space);
        JsonNode list = done("QueryProductList", with(them, "CurrentPage", "1", "PageSize", "9"))
                .path("Data");
        assertThat(list.path("Total").asInt()).isEqualTo(1);
        assertRefused("iot.prod.NotExistedProduct", "QueryProduct", with(them, "ProductKey", "a1pk"));
        assertRefused(
                "iot.prod.NotExistedProduct", "DeleteDevice", with(them, "ProductKey", "a1pk", "DeviceName", "lamp"));
        assertThat(done("QueryDeviceStatistics", them).at("/Data/deviceCount").asInt())
                .isZero();
    }

    @Test
    void products_have_tags_and_are_found_by_them() {
        String[] two = {
            "ProductKey", "a1pk",
            "ProductTag.1.TagKey", "street",
            "ProductTag.1.TagValue", "园",
            "ProductTag.2.TagKey", "x".repeat(31),
            "ProductTag.2.TagValue", "y",
        };
        assertThat(done("CreateProductTags", two)
                        .at("/InvalidProductTags/ProductTag/0/TagValue")
                        .asString())
                .isEqualTo("y");
        String[] wanted = {"ProductTag.1.TagKey", "street", "ProductTag.1.TagValue", "园"};
        assertThat(done("ListProductByTags", wanted)
                        .at("/ProductInfos/ProductInfo/0/ProductKey")
                        .asString())
                .isEqualTo("a1pk");
        two[5] = "other";
        done("UpdateProductTags", two);
        assertThat(done("ListProductTags", "ProductKey", "a1pk")
                        .at("/Data/ProductTag/0/TagValue")
                        .asString())
                .isEqualTo("other");
        done("DeleteProductTags", "ProductKey", "a1pk", "ProductTagKey.1", "street");
        assertThat(done("ListProductTags", "ProductKey", "a1pk").at("/Data/ProductTag"))
                .isEmpty();
        assertRefused("iot.common.APINotSupportedInInstance", "ListProductByTags", "ProductTag.1.TagKey", "street");
    }

    @Test
    void topic_classes_are_made_listed_changed_and_taken_away() {
        String id = done(
                        "CreateProductTopic",
                        "ProductKey",
                        "a1pk",
                        "TopicShortName",
                        "orders/in",
                        "Operation",
                        "SUB",
                        "Desc",
                        "what to do")
                .path("TopicId")
                .asString();

        JsonNode topics = done("QueryProductTopic", "ProductKey", "a1pk").at("/Data/ProductTopicInfo");
        assertThat(topics).hasSize(4);
        assertThat(topics).anySatisfy(topic -> {
            assertThat(topic.path("Id").asString()).isEqualTo(id);
            assertThat(topic.path("TopicShortName").asString()).isEqualTo("/a1pk/${deviceName}/user/orders/in");
            assertThat(topic.path("Operation").asString()).isEqualTo("SUB");
            assertThat(topic.path("Desc").asString()).isEqualTo("what to do");
        });
        done("UpdateProductTopic", "TopicId", id, "TopicShortName", "user/orders", "Operation", "ALL");
        Product product = api.products.get("a1pk");
        assertThat(product.allowsPublish("user/orders")).isTrue();
        String[] again = {"ProductKey", "a1pk", "TopicShortName", "orders", "Operation", "ALL"};
        assertRefused("iot.messagebroker.TopicAlreadyFound", "CreateProductTopic", again);
        again[3] = "a//b";
        assertRefused("iot.messagebroker.InvalidFormattedTopicName", "CreateProductTopic", again);
        again[3] = "more";
        again[5] = "BOTH";
        assertRefused("iot.messagebroker.InvalidTopicTemplateOperationValue", "CreateProductTopic", again);
        done("DeleteProductTopic", "TopicId", id);
        assertRefused("iot.messagebroker.TopicTemplateIsNotFound", "DeleteProductTopic", "TopicId", id);
    }

    @Test
    void a_product_has_so_many_topic_classes_and_no_more() {
        String[] topic = {"ProductKey", "a1pk", "Operation", "PUB", "TopicShortName", "t"};
        for (int i = 3; i < Product.MAX_TOPICS; i++) {
            topic[5] = "t" + i;
            done("CreateProductTopic", topic);
        }
        topic[5] = "more";
        assertRefused("iot.messagebroker.TopicTemplateCountExceedMax", "CreateProductTopic", topic);
    }
}
