/** Engine (e) of SalesBench: the live job as it is. */
package io.leadpulse.bench.leadpulse;
