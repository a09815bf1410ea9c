import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;

/**
 * The same work as ../../../search.cc: FrenchAnalyzer, BM25, title and text in one field with positions, the whole
 * document stored.
 *
 * <p>LuceneBenchmark index INDEX TEXTS THREADS; LuceneBenchmark search INDEX TOPICS PASSES. What it reads and prints is
 * told in search.cc.
 */
public final class LuceneBenchmark {
  private static final int TOP = 10;
  private static final int COUNTED = 1000;

  /** Reads documents, each of five fields ended by a NUL. */
  private static final class Texts {
    private final InputStream in;

    Texts(String path) throws IOException {
      in = new BufferedInputStream(Files.newInputStream(Path.of(path)), 1 << 20);
    }

    long bytes;
    long documents;

    synchronized String[] next() throws IOException {
      String[] fields = new String[5];
      ByteArrayOutputStream field = new ByteArrayOutputStream();
      for (int i = 0; i < fields.length; ++i) {
        field.reset();
        int read;
        while ((read = in.read()) > 0) field.write(read);
        if (read < 0) return null;
        fields[i] = field.toString(StandardCharsets.UTF_8);
        if (i == 1 || i == 2) bytes += field.size();
      }
      ++documents;
      return fields;
    }
  }

  private static Document documentOf(String[] fields, FacetsConfig facets) throws IOException {
    Document document = new Document();
    document.add(new StoredField("id", fields[0]));
    document.add(new BinaryDocValuesField("id", new BytesRef(fields[0])));
    document.add(new TextField("text", fields[1], Field.Store.YES));
    document.add(new TextField("text", fields[2], Field.Store.YES));
    document.add(new IntField("day", Integer.parseInt(fields[3]), Field.Store.YES));
    document.add(new StoredField("section", fields[4]));
    document.add(new SortedSetDocValuesFacetField("section", fields[4]));
    return facets.build(document);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
    }
    return 0;
  }

  private static void index(String path, String textsPath, int threads) throws Exception {
    OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long start = System.nanoTime();
    long cpuStart = process.getProcessCpuTime();
    Texts texts = new Texts(textsPath);
    IndexWriterConfig config = new IndexWriterConfig(new FrenchAnalyzer()).setRAMBufferSizeMB(256);
    config.setUseCompoundFile(false);
    if (threads == 1) config.setMergeScheduler(new SerialMergeScheduler());
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setNoCFSRatio(0);
    config.setMergePolicy(policy);
    FacetsConfig facets = new FacetsConfig();
    double committed;
    double peak;
    try (Directory directory = new MMapDirectory(Path.of(path));
        IndexWriter writer = new IndexWriter(directory, config)) {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      List<Future<Void>> running = new ArrayList<>();
      Callable<Void> adding =
          () -> {
            for (String[] fields; (fields = texts.next()) != null; ) writer.addDocument(documentOf(fields, facets));
            return null;
          };
      for (int i = 0; i < threads; ++i) running.add(executor.submit(adding));
      for (Future<Void> each : running) each.get();
      executor.shutdown();
      writer.commit();
      committed = seconds(start);
      peak = peakMegabytes();
      writer.forceMerge(1);
      writer.commit();
    }
    double all = seconds(start);
    double cpu = (process.getProcessCpuTime() - cpuStart) / 1e9;
    long terms = 0;
    long stored = 0;
    long rest = 0;
    try (var files = Files.list(Path.of(path))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        long size = Files.size(file);
        if (name.matches(".*\\.(doc|pos|pay|psm|tim|tip|tmd)")) terms += size;
        else if (name.matches(".*\\.(fdt|fdx|fdm)")) stored += size;
        else rest += size;
      }
    }
    System.out.printf(
        Locale.ROOT, "lucene,%d,%d,%.3f,%.3f,%.3f,%d,%d,%d,%.1f%n",
        texts.documents, texts.bytes, committed, all, cpu, terms, stored, rest, peak);
  }

  /** Every token of a text, required or not. */
  private static Query words(Analyzer analyzer, String text, BooleanClause.Occur occur) throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) words.add(new TermQuery(new Term("text", term.toString())), occur);
      stream.end();
    }
    return words.build();
  }

  private static Query phrase(Analyzer analyzer, String text) {
    Query phrase = new QueryBuilder(analyzer).createPhraseQuery("text", text);
    return phrase == null ? new MatchNoDocsQuery() : phrase;
  }

  private static final String[] KINDS = {"any", "count", "all", "phrase", "prefix", "filter"};

  private final IndexSearcher searcher;
  private final Analyzer analyzer = new FrenchAnalyzer();
  private final SortedSetDocValuesReaderState facets;

  private LuceneBenchmark(IndexSearcher searcher) throws IOException {
    this.searcher = searcher;
    facets = new DefaultSortedSetDocValuesReaderState(searcher.getIndexReader(), new FacetsConfig());
  }

  private TopDocs best(Query query, int counted) throws IOException {
    return searcher.search(query, new TopScoreDocCollectorManager(TOP, null, counted));
  }

  /** Gives the hits' ids, as the others do. */
  private TopDocs ask(String kind, String[] topic) throws IOException {
    TopDocs found =
        switch (kind) {
          case "any" -> best(words(analyzer, topic[0], BooleanClause.Occur.SHOULD), COUNTED);
          case "count" -> best(words(analyzer, topic[0], BooleanClause.Occur.SHOULD), Integer.MAX_VALUE);
          case "all" -> best(words(analyzer, topic[1], BooleanClause.Occur.MUST), COUNTED);
          case "phrase" -> best(phrase(analyzer, topic[2]), COUNTED);
          case "prefix" ->
              best(new PrefixQuery(new Term("text", topic[3]), MultiTermQuery.SCORING_BOOLEAN_REWRITE), COUNTED);
          default -> {
            Query query =
                new BooleanQuery.Builder()
                    .add(words(analyzer, topic[0], BooleanClause.Occur.SHOULD), BooleanClause.Occur.MUST)
                    .add(
                        IntField.newRangeQuery("day", Integer.parseInt(topic[4]), Integer.parseInt(topic[5])),
                        BooleanClause.Occur.FILTER)
                    .build();
            FacetsCollectorManager.FacetsResult result =
                FacetsCollectorManager.search(searcher, query, TOP, new FacetsCollectorManager());
            FacetsCollector collected = result.facetsCollector();
            new SortedSetDocValuesFacetCounts(facets, collected).getTopChildren(TOP, "section");
            yield result.topDocs();
          }
        };
    for (ScoreDoc hit : found.scoreDocs) {
      BinaryDocValues ids = searcher.getIndexReader().leaves().get(0).reader().getBinaryDocValues("id");
      if (!ids.advanceExact(hit.doc)) throw new UncheckedIOException(new IOException("no id"));
      ids.binaryValue().utf8ToString();
    }
    return found;
  }

  private static void search(String path, String topicsPath, int passes) throws IOException {
    List<String[]> topics = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(topicsPath))) topics.add(line.split("\t", -1));
    IndexSearcher.setMaxClauseCount(1 << 20);
    try (Directory directory = new MMapDirectory(Path.of(path));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      LuceneBenchmark benchmark = new LuceneBenchmark(searcher);
      int kinds = KINDS.length;
      double[] least = new double[topics.size() * kinds];
      TopDocs[] found = new TopDocs[least.length];
      // The compiler takes its time: nothing is measured before so many questions.
      int warmUp = 1 + 20_000 / least.length;
      for (int pass = 1 - warmUp; pass <= passes; ++pass) {
        for (int i = 0; i < least.length; ++i) {
          long start = System.nanoTime();
          found[i] = benchmark.ask(KINDS[i % kinds], topics.get(i / kinds));
          double took = (System.nanoTime() - start) / 1e3;
          if (pass == 1 || (pass > 1 && took < least[i])) least[i] = took;
        }
      }
      for (int i = 0; i < least.length; ++i) {
        ScoreDoc[] hits = found[i].scoreDocs;
        System.out.printf(
            Locale.ROOT, "lucene,%s,%d,%d,%d,%.1f,%.4f%n",
            KINDS[i % kinds], i / kinds, hits.length, found[i].totalHits.value(), least[i],
            hits.length == 0 ? 0 : hits[0].score);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 4 && args[0].equals("index")) {
      index(args[1], args[2], Integer.parseInt(args[3]));
    } else if (args.length == 4 && args[0].equals("search")) {
      search(args[1], args[2], Integer.parseInt(args[3]));
    } else {
      System.err.println("usage: see LuceneBenchmark.java");
      System.exit(2);
    }
  }
}
