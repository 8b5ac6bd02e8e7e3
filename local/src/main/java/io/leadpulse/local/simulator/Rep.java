package io.leadpulse.local.simulator;

/**
 * A salesperson.
 *
 * @param id as the CRM names him
 * @param name name
 * @param team team
 * @param monthGoal goal of a month in euros
 * @param books weight among those who sell Books, for leads and deals
 * @param desk the same for Desk
 * @param field the same for Field
 */
record Rep(String id, String name, String team, int monthGoal, double books, double desk, double field) {

    double weight(Product product) {
        return switch (product) {
            case BOOKS -> books;
            case DESK -> desk;
            case FIELD -> field;
        };
    }

    /** Address for messages, in a domain that nobody can own. */
    String email() {
        return name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@nimbar.example";
    }
}
