package io.leadpulse.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingPageTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "'', /",
        "/pricing, /pricing",
        "/Pricing, /pricing",
        "/blog/checklist, /blog",
        "/quote/8f3a-77, /quote",
        "/p\u00e9rgola, /p\u00e9rgola",
        "Start screen, /start screen",
        "/8f3a77c1, /*",
        "/offer-2025-117/ann, /*",
        "//evil, /",
        "/a@b.example, /*"
    })
    void aPageCountsForThePartOfTheSite(String page, String counted) {
        assertThat(LandingPage.of(page)).isEqualTo(counted);
    }

    @Test
    void whatMachinesNameIsAClosedSet() {
        Random random = new Random(1);
        Set<String> counted = new TreeSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = Long.toHexString(random.nextLong());
            counted.add(LandingPage.of("/quote/" + id));
            counted.add(LandingPage.of("/profile/" + "abcdefghijklmnop".substring(random.nextInt(16)) + i + "/edit"));
            counted.add(LandingPage.of('/' + id + random.nextInt(10)));
            counted.add(LandingPage.of("/" + "x".repeat(33 + random.nextInt(900))));
        }
        assertThat(counted).containsExactly("/*", "/profile", "/quote");
    }
}
