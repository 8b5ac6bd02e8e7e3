package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerClientTest {
    private HearingAlertmanager alertmanager;
    private AlertmanagerClient client;

    @BeforeEach
    void start() throws IOException {
        alertmanager = new HearingAlertmanager(0);
        client = new AlertmanagerClient(alertmanager.url());
    }

    @AfterEach
    void stop() {
        alertmanager.close();
    }

    /** In the first of three pieces, in the last, and in the midst. */
    @Test
    void handsOverAllButWhatIsRefusedWhereverThatStands() throws Exception {
        alertmanager.refuseOf("bad");
        List<Post> posts = IntStream.range(0, 450)
                .mapToObj(i -> post(i == 0 || i == 250 || i == 449 ? "bad" : "rep-" + i))
                .toList();

        List<Post> refused = client.post(posts);

        assertThat(refused).containsExactly(posts.get(0), posts.get(250), posts.get(449));
        assertThat(alertmanager.heard()).hasSize(447).doesNotHaveDuplicates();
    }

    @Test
    void anAlertmanagerThatIsNotThereHasRefusedNothing() {
        alertmanager.refuse(true);

        assertThatThrownBy(() -> client.post(List.of(post("rep-1"))))
                .isInstanceOf(IOException.class)
                .hasMessage("the Alertmanager answers 503");
    }

    private static Post post(String rep) {
        return new Post(Map.of("rep", rep), Map.of(), 0, 1, "http://leadpulse.example");
    }
}
