package io.leadpulse.local.simulator;

/** What becomes of a lead before it has a deal; times are epoch milliseconds, 0 means never. */
final class LeadPlan {
    final String id;
    final LeadSource source;
    final Product product;
    final long created;
    final String owner;
    /** Marketing-qualified within 24 hours. */
    final boolean qualifiesFast;
    /** Raises its hand later. */
    long qualifiesLate;
    /** Sales-qualified; given for a lead that gets a deal. */
    long salesQualified;

    boolean hasDeal;

    LeadPlan(String id, LeadSource source, Product product, long created, String owner, boolean qualifiesFast) {
        this.id = id;
        this.source = source;
        this.product = product;
        this.created = created;
        this.owner = owner;
        this.qualifiesFast = qualifiesFast;
    }

    String visitor() {
        return "V-" + id.substring(2);
    }
}
