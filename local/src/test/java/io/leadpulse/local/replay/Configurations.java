package io.leadpulse.local.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Configurations that tests replay with. */
public final class Configurations {
    private Configurations() {}

    /** The committed configuration of the acceptance checks: UTC, Monday to Friday around the clock, US dollars. */
    public static String acceptance() {
        try (InputStream in = Configurations.class.getResourceAsStream("/config/acceptance.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with one limit for every stage. */
    public static String acceptance(int limitBusinessDays) {
        String ofAllStages = "default_limit_business_days: " + limitBusinessDays;
        String ofLeads = "{limit_business_days: " + limitBusinessDays + "}";
        return acceptance().replaceAll("default_limit_business_days: \\d+", ofAllStages)
                + "\nlead_stages:\n  contacted: " + ofLeads + "\n  qualified: " + ofLeads + "\n";
    }
}
