package io.leadpulse.serving.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** An Alertmanager tells at once, and of a part, when what it takes started longer ago than it gathers. */
    @Test
    void whatStandsStartsWhenItIsHandedOverHoweverLongAgoItWasTold() throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long toldMillis = before.minus(Duration.ofHours(2)).toEpochMilli();
        long untilMillis = before.plus(Duration.ofHours(2)).toEpochMilli();

        client.post(List.of(post("rep-1", toldMillis, untilMillis), post("rep-2", toldMillis, toldMillis + 1)));

        assertThat(alertmanager.starts().get(0)).isBetween(before, Instant.now());
        assertThat(alertmanager.starts().get(1)).isEqualTo(Instant.ofEpochMilli(toldMillis));
    }

    private static Post post(String rep) {
        return post(rep, 0, 1);
    }

    private static Post post(String rep, long startsMillis, long endsMillis) {
        return new Post(Map.of("rep", rep), Map.of(), startsMillis, endsMillis, "http://leadpulse.example");
    }
}
