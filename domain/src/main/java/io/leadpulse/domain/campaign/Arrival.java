package io.leadpulse.domain.campaign;

/**
 * By what a lead came in: the first page that it saw, the first form that it sent, the first asset that it took.
 *
 * @param timeMillis when, epoch milliseconds
 * @param name path of the page, id of the form or the asset
 */
public record Arrival(long timeMillis, String name) {}
