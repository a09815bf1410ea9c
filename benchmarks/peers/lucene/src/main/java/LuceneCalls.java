import java.io.IOException;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/** What LuceneBenchmark calls by other names in an older Lucene: ../../8.7/java has them. */
final class LuceneCalls {
  record Faceted(TopDocs best, FacetsCollector all) {}

  static TopDocs best(IndexSearcher searcher, Query query, int counted) throws IOException {
    return searcher.search(query, new TopScoreDocCollectorManager(LuceneBenchmark.TOP, null, counted));
  }

  static Faceted bestOfAll(IndexSearcher searcher, Query query, int top) throws IOException {
    FacetsCollectorManager.FacetsResult result =
        FacetsCollectorManager.search(searcher, query, top, new FacetsCollectorManager());
    return new Faceted(result.topDocs(), result.facetsCollector());
  }

  static SortedSetDocValuesReaderState facets(IndexReader reader) throws IOException {
    return new DefaultSortedSetDocValuesReaderState(reader, new FacetsConfig());
  }

  static Query prefix(Term beginning) {
    return new PrefixQuery(beginning, MultiTermQuery.SCORING_BOOLEAN_REWRITE);
  }

  static void allowWords(int count) {
    IndexSearcher.setMaxClauseCount(count);
  }

  static long total(TopDocs found) {
    return found.totalHits.value();
  }
}
