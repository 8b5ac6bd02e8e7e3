package io.leadpulse.bench.jet;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.function.SupplierEx;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.Vertex;

/** The job: what is kept of visitors, leads, deals and days is a vertex each. */
final class SalesTopology {
    /** As many as the cores that the targets speak of. */
    static final int PARALLELISM = 2;

    private SalesTopology() {}

    /**
     * The graph.
     *
     * @param events a source of {@link Event}, with watermarks
     * @param results a sink of {@link Result}; the last word on each key counts
     */
    static DAG of(ProcessorMetaSupplier events, ProcessorMetaSupplier results, Task task) {
        DAG dag = new DAG();
        Vertex source = dag.newVertex("events", events).localParallelism(PARALLELISM);
        Vertex split = vertex(dag, "split", Split::new);
        Vertex visitors = vertex(dag, "visitors", Visitors::new);
        Vertex leads = vertex(dag, "leads", Leads::new);
        Vertex deals = vertex(dag, "deals", () -> new Deals(task));
        Vertex sales = vertex(dag, "sales of days", DailySales::new);
        Vertex sink = dag.newVertex("results", results).localParallelism(PARALLELISM);

        dag.edge(Edge.between(source, split).isolated());
        dag.edge(keyed(split, Split.VISITORS, visitors, 0, Event.WebAct::visitor));
        dag.edge(keyed(split, Split.LEADS, leads, 0, Event.OfLead::lead));
        dag.edge(keyed(visitors, Visitors.LEADS, leads, 1, Event.LeadAct::lead));
        dag.edge(keyed(split, Split.DEALS, deals, 0, Event.DealStep::deal));
        dag.edge(keyed(deals, Deals.SALES, sales, 0, DailySales.Delta::scopeAndDay));

        dag.edge(said(split, Split.RESULTS, sink, 0));
        dag.edge(said(visitors, Visitors.RESULTS, sink, 1));
        dag.edge(said(leads, Leads.RESULTS, sink, 2));
        dag.edge(said(deals, Deals.RESULTS, sink, 3));
        dag.edge(said(sales, DailySales.RESULTS, sink, 4));
        return dag;
    }

    private static Vertex vertex(DAG dag, String name, SupplierEx<Processor> processors) {
        return dag.newVertex(name, processors).localParallelism(PARALLELISM);
    }

    private static <T> Edge keyed(Vertex from, int output, Vertex to, int input, FunctionEx<T, String> key) {
        return Edge.from(from, output).to(to, input).partitioned(key);
    }

    /** One after the other: an older word on a key must not come by another way, and be the last. */
    private static Edge said(Vertex from, int output, Vertex sink, int input) {
        return Edge.from(from, output).to(sink, input).isolated();
    }
}
