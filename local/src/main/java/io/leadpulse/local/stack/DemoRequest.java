package io.leadpulse.local.stack;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a demo shall be.
 *
 * @param data folder of everything that it keeps
 * @param zone the company's zone; empty for the simulator's choice
 * @param simulated whether the simulator writes events; else topics begin empty and wait for somebody else's
 * @param quiet whether the simulator leaves its live beats out
 * @param configYaml the meaning of the numbers where nothing is simulated; else the simulator's own, which takes currency,
 *     display unit, months and fiscal year from it
 * @param stack which processes, where
 */
public record DemoRequest(
        Path data, Optional<ZoneId> zone, boolean simulated, boolean quiet, String configYaml, StackConfig stack) {}
