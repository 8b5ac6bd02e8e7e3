/** Engine (f) of SalesBench: Hazelcast Jet in one embedded member, exactly once. */
package io.leadpulse.bench.jet;
