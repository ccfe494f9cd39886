package io.berth.compat;

import static io.berth.compat.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.*;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Batch tasks through the SDK of Huawei's applications.
@ExtendWith(SharedServer.class)
final class HuaweiBatchTest {
    private static final String PRODUCT = "65f0batch";
    private static final String KEY = "batch-test";
    private static final String SECRET = "batch-test-secret";

    private final IoTDAClient client;

    HuaweiBatchTest(BerthServer berth) {
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_product_and_key(BerthServer berth) {
        berth.api().createProduct("a1HuaweiBatch", PRODUCT, "direct");
        berth.api().createAccessKey(KEY, SECRET);
    }

    @Test
    void devices_are_frozen_and_what_is_not_there_is_told_and_retried() {
        String there = device("there");
        CreateBatchTaskResponse made = client.createBatchTask(new CreateBatchTaskRequest()
                .withBody(task("freezeDevices").withTargets(List.of(there, PRODUCT + "_later"))));
        assertThat(made.getTaskId()).matches("[0-9a-f]{24}");
        assertThat(made.getTaskProgress().getTotal()).isEqualTo(2);

        ShowBatchTaskResponse shown = over(made.getTaskId(), "PartialSuccess");
        assertThat(shown.getBatchtask().getTaskProgress().getSuccess()).isEqualTo(1);
        assertThat(shown.getTaskDetails()).extracting(TaskDetail::getStatus).containsExactly("Success", "Fail");
        assertThat(shown.getTaskDetails().getLast().getError().getErrorCode()).isEqualTo("IOTDA.014000");
        assertThat(client.showDevice(new ShowDeviceRequest().withDeviceId(there))
                        .getStatus())
                .isEqualTo("FROZEN");

        device("later");
        RetryBatchTaskResponse retried = client.retryBatchTask(new RetryBatchTaskRequest()
                .withTaskId(made.getTaskId())
                .withBody(new BatchTargets().withTargets(List.of(PRODUCT + "_later"))));
        assertThat(retried.getTargets())
                .extracting(BatchTargetResult::getStatus)
                .containsExactly("success");
        over(made.getTaskId(), "Success");
        client.deleteBatchTask(new DeleteBatchTaskRequest().withTaskId(made.getTaskId()));
        assertThat(refused(() -> client.showBatchTask(new ShowBatchTaskRequest().withTaskId(made.getTaskId()))))
                .startsWith("404");
    }

    @Test
    void wishes_go_to_the_devices_of_a_list_and_the_document_comes_back() {
        String device = device("wished");
        Map<String, Object> document =
                Map.of("shadow", List.of(Map.of("service_id", "lamp", "desired", Map.of("level", 7))));
        CreateBatchTaskResponse made = client.createBatchTask(new CreateBatchTaskRequest()
                .withBody(
                        task("updateDeviceShadows").withTargets(List.of(device)).withDocument(document)));
        assertThat(made.getDocument()).isEqualTo(document);
    }

    @Test
    void a_task_waits_for_its_time_and_is_stopped_before() {
        CreateBatchTaskResponse made = client.createBatchTask(new CreateBatchTaskRequest()
                .withBody(task("deleteDevices")
                        .withTargets(List.of(device("stays")))
                        .withTaskPolicy(new TaskPolicy().withScheduleTime(inAnHour()))));
        assertThat(made.getStatus()).isEqualTo("Waitting");
        client.stopBatchTask(
                new StopBatchTaskRequest().withTaskId(made.getTaskId()).withBody(new BatchTargets()));
        over(made.getTaskId(), "Stopped");
        assertThat(client.listBatchTasks(new ListBatchTasksRequest()
                                .withTaskType("deleteDevices")
                                .withStatus("Stopped"))
                        .getBatchtasks())
                .extracting(Task::getTaskId)
                .contains(made.getTaskId());
    }

    @Test
    void devices_are_made_from_a_file() {
        String lines = "product_id,node_id,device_name\n" + PRODUCT + ",listed,Hall\n" + PRODUCT + ",,Cellar\n";
        UploadBatchTaskFileResponse file = client.uploadBatchTaskFile(new UploadBatchTaskFileRequest()
                .withBody(new UploadBatchTaskFileRequestBody()
                        .withFile(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), "devices.csv")));
        assertThat(client.listBatchTaskFiles(new ListBatchTaskFilesRequest()).getFiles())
                .extracting(BatchTaskFile::getFileName)
                .contains("devices.csv");

        CreateBatchTaskResponse made = client.createBatchTask(
                new CreateBatchTaskRequest().withBody(task("createDevices").withDocumentSource(file.getFileId())));

        ShowBatchTaskResponse shown = over(made.getTaskId(), "PartialSuccess");
        assertThat(shown.getTaskDetails())
                .extracting(TaskDetail::getTarget)
                .containsExactly(PRODUCT + "/listed", "line 3");
        assertThat(shown.getTaskDetails().getLast().getError().getErrorMsg()).contains("\"node_id\" is missing");
        assertThat(client.showDevice(new ShowDeviceRequest().withDeviceId(PRODUCT + "_listed"))
                        .getDeviceName())
                .isEqualTo("Hall");
        client.deleteBatchTaskFile(new DeleteBatchTaskFileRequest().withFileId(file.getFileId()));
    }

    @Test
    void what_is_not_built_says_so() {
        assertThat(refused(() -> client.createBatchTask(new CreateBatchTaskRequest()
                        .withBody(task("firmwareUpgrade").withTargets(List.of("any"))))))
                .startsWith("501");
    }

    private static CreateBatchTask task(String type) {
        return new CreateBatchTask()
                .withAppId("0".repeat(32))
                .withTaskName("task")
                .withTaskType(type);
    }

    private static String inAnHour() {
        return java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(java.time.ZoneOffset.UTC)
                .format(java.time.Instant.now().plusSeconds(3600));
    }

    private ShowBatchTaskResponse over(String id, String status) {
        return await().until(
                        () -> client.showBatchTask(new ShowBatchTaskRequest().withTaskId(id)),
                        task -> task.getBatchtask().getStatus().equals(status));
    }

    private String device(String node) {
        return client.addDevice(new AddDeviceRequest()
                        .withBody(new AddDevice().withNodeId(node).withProductId(PRODUCT)))
                .getDeviceId();
    }
}
