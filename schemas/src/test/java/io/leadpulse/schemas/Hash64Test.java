package io.leadpulse.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
    void bytesHaveTheHashOfTheirText() {
        byte[] latin = new byte[256];
        for (int each = 0; each < latin.length; each++) {
            latin[each] = (byte) each;
        }
        for (int from = 0; from < latin.length; from += 5) {
            String text = new String(latin, from, latin.length - from, StandardCharsets.ISO_8859_1);
            assertThat(Hash64.of(latin, from, latin.length)).isEqualTo(Hash64.of(text));
        }
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
