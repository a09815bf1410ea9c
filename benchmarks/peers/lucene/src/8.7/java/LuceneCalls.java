import java.io.IOException;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;

/** What LuceneBenchmark calls by other names in a newer Lucene: ../../main/java has them. */
final class LuceneCalls {
  record Faceted(TopDocs best, FacetsCollector all) {}

  static TopDocs best(IndexSearcher searcher, Query query, int counted) throws IOException {
    TopScoreDocCollector collector = TopScoreDocCollector.create(LuceneBenchmark.TOP, counted);
    searcher.search(query, collector);
    return collector.topDocs();
  }

  static Faceted bestOfAll(IndexSearcher searcher, Query query, int top) throws IOException {
    FacetsCollector all = new FacetsCollector();
    return new Faceted(FacetsCollector.search(searcher, query, top, all), all);
  }

  static SortedSetDocValuesReaderState facets(IndexReader reader) throws IOException {
    return new DefaultSortedSetDocValuesReaderState(reader);
  }

  static Query prefix(Term beginning) {
    PrefixQuery query = new PrefixQuery(beginning);
    query.setRewriteMethod(MultiTermQuery.SCORING_BOOLEAN_REWRITE);
    return query;
  }

  static void allowWords(int count) {
    BooleanQuery.setMaxClauseCount(count);
  }

  static long total(TopDocs found) {
    return found.totalHits.value;
  }
}
