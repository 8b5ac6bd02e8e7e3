package io.leadpulse.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadpulse.schemas.config.ConfigReader;
import io.leadpulse.schemas.config.LeadpulseConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedByTest {
    private static final String BERLIN = "company: {name: One, zone: Europe/Berlin, currency: EUR}\n";

    @TempDir
    private Path folder;

    @Test
    void whatWasCountedInOneZoneAndCurrencyIsNotGoneOnWithInAnother() throws Exception {
        CountedBy.require(folder, false, config(BERLIN));

        LeadpulseConfig other = config("company: {zone: Asia/Tokyo, currency: JPY}\nretention_days: 500\n");
        assertThatThrownBy(() -> CountedBy.require(folder, true, other))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContainingAll(
                        "company.zone Europe/Berlin",
                        "company.currency EUR",
                        "retention_days 800",
                        "company.zone Asia/Tokyo",
                        "company.currency JPY",
                        "retention_days 500",
                        "--from-earliest");
    }

    @Test
    void whatElseTheConfigurationSaysMayChange() throws Exception {
        CountedBy.require(folder, false, config(BERLIN));

        LeadpulseConfig other = config(BERLIN.replace("One", "Two") + "holidays: [\"2026-12-25\"]\n");
        assertThatCode(() -> CountedBy.require(folder, true, other)).doesNotThrowAnyException();
    }

    @Test
    void withoutStateAnythingMayChangeAndStateOfBeforeItWasWrittenGoesOn() throws Exception {
        CountedBy.require(folder, true, config(BERLIN));
        LeadpulseConfig other = config("company: {zone: Asia/Tokyo}\n");

        CountedBy.require(folder, false, other);
        assertThatCode(() -> CountedBy.require(folder, true, other)).doesNotThrowAnyException();
        assertThatThrownBy(() -> CountedBy.require(folder, true, config(BERLIN)))
                .isInstanceOf(RefusedStartException.class);
    }

    private static LeadpulseConfig config(String yaml) {
        return ConfigReader.parse(yaml);
    }
}
