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
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
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
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;

/**
 * The same work as ../../../search.cc: FrenchAnalyzer, BM25, title and text in one field with positions, the whole
 * document stored.
 *
 * <p>LuceneBenchmark index INDEX TEXTS THREADS MIB; LuceneBenchmark search INDEX TOPICS PASSES. What it reads and prints
 * is told in search.cc; LuceneCalls is what differs from one version of Lucene to another.
 */
public final class LuceneBenchmark {
  static final int TOP = 10;
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
    int day = Integer.parseInt(fields[3]);
    document.add(new IntPoint("day", day));
    document.add(new NumericDocValuesField("day", day));
    document.add(new StoredField("day", day));
    document.add(new StoredField("section", fields[4]));
    document.add(new SortedSetDocValuesFacetField("section", fields[4]));
    return facets.build(document);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double megabytes(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name + ":")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
    }
    return 0;
  }

  private static void index(String path, String textsPath, int threads, int mebibytes) throws Exception {
    OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long start = System.nanoTime();
    long cpuStart = process.getProcessCpuTime();
    Texts texts = new Texts(textsPath);
    IndexWriterConfig config = new IndexWriterConfig(new FrenchAnalyzer()).setRAMBufferSizeMB(mebibytes);
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
      peak = megabytes("VmHWM");
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
        Locale.ROOT, "%d,%d,%.3f,%.3f,%.3f,%d,%d,%d,%.1f%n",
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
    facets = LuceneCalls.facets(searcher.getIndexReader());
  }

  /** Gives the hits' ids, as the others do. */
  private TopDocs ask(String kind, String[] topic) throws IOException {
    TopDocs found =
        switch (kind) {
          case "any" -> LuceneCalls.best(searcher, words(analyzer, topic[0], BooleanClause.Occur.SHOULD), COUNTED);
          case "count" -> LuceneCalls.best(searcher, words(analyzer, topic[0], BooleanClause.Occur.SHOULD), Integer.MAX_VALUE);
          case "all" -> LuceneCalls.best(searcher, words(analyzer, topic[1], BooleanClause.Occur.MUST), COUNTED);
          case "phrase" -> LuceneCalls.best(searcher, phrase(analyzer, topic[2]), COUNTED);
          case "prefix" -> LuceneCalls.best(searcher, LuceneCalls.prefix(new Term("text", topic[3])), COUNTED);
          default -> {
            int first = Integer.parseInt(topic[4]);
            int last = Integer.parseInt(topic[5]);
            Query days =
                new IndexOrDocValuesQuery(
                    IntPoint.newRangeQuery("day", first, last),
                    NumericDocValuesField.newSlowRangeQuery("day", first, last));
            Query query =
                new BooleanQuery.Builder()
                    .add(words(analyzer, topic[0], BooleanClause.Occur.SHOULD), BooleanClause.Occur.MUST)
                    .add(days, BooleanClause.Occur.FILTER)
                    .build();
            LuceneCalls.Faceted result = LuceneCalls.bestOfAll(searcher, query, TOP);
            new SortedSetDocValuesFacetCounts(facets, result.all()).getTopChildren(TOP, "section");
            yield result.best();
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
    LuceneCalls.allowWords(1 << 20);
    try (Directory directory = new MMapDirectory(Path.of(path));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      LuceneBenchmark benchmark = new LuceneBenchmark(searcher);
      int count = topics.size();
      double[] least = new double[KINDS.length * count];
      TopDocs[] found = new TopDocs[least.length];
      // The compiler takes its time: nothing is measured before so many questions.
      int warmUp = 1 + 20_000 / least.length;
      for (int pass = 1 - warmUp; pass <= passes; ++pass) {
        for (int i = 0; i < least.length; ++i) {
          long start = System.nanoTime();
          found[i] = benchmark.ask(KINDS[i / count], topics.get(i % count));
          double took = (System.nanoTime() - start) / 1e3;
          if (pass == 1 || (pass > 1 && took < least[i])) least[i] = took;
        }
      }
      for (int i = 0; i < least.length; ++i) {
        ScoreDoc[] hits = found[i].scoreDocs;
        System.out.printf(
            Locale.ROOT, "%s,%d,%d,%d,%.1f,%.4f%n",
            KINDS[i / count], i % count, hits.length, LuceneCalls.total(found[i]), least[i],
            hits.length == 0 ? 0 : hits[0].score);
      }
      System.out.printf(Locale.ROOT, "memory,%.1f,%.1f%n", megabytes("RssAnon"), megabytes("RssFile"));
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 5 && args[0].equals("index")) {
      index(args[1], args[2], Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    } else if (args.length == 4 && args[0].equals("search")) {
      search(args[1], args[2], Integer.parseInt(args[3]));
    } else {
      System.err.println("usage: see LuceneBenchmark.java");
      System.exit(2);
    }
  }
}
