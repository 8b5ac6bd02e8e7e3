/** The seeded work of SalesBench: what is to be computed, from which records. */
package io.leadpulse.bench.workload;
