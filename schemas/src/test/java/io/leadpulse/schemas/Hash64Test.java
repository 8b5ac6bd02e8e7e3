package io.leadpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Hash64Test {

    @Test
    void theValuesNeverChange() {
        assertThat(Hash64.hex(Hash64.of(""))).isEqualTo("efd01f60ba992926");
        assertThat(Hash64.hex(Hash64.of("crm/1"))).isEqualTo("04f2f488e50df9aa");
        assertThat(Hash64.hex(Hash64.of("crm/\u00e4\ud83d\ude00"))).isEqualTo("7cce9f490c2eeccf");
    }

    @Test
    void similarTextsSpreadOverAllBits() {
        Set<Long> seen = new HashSet<>();
        int[] ones = new int[64];
        int texts = 20_000;
        for (int each = 0; each < texts; each++) {
            long hash = Hash64.of("crm/" + each);
            seen.add(hash);
            for (int bit = 0; bit < 64; bit++) {
                ones[bit] += (int) (hash >>> bit & 1);
            }
        }

        assertThat(seen).hasSize(texts);
        // Six standard deviations of a fair coin.
        for (int count : ones) {
            assertThat(count).isBetween(texts / 2 - 425, texts / 2 + 425);
        }
    }
}
