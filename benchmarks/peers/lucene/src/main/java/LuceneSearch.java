import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * Answers topics as Lucene does out of the box: FrenchAnalyzer, BM25 with k1 = 1.2 and b = 0.75, title and text in one
 * field, every word of a topic an alternative.
 *
 * <p>LuceneSearch TEXTS TOPICS > RUN: TEXTS holds, for each document, its id and its text, each ended by a NUL; TOPICS
 * lines of id, tab, text.
 */
public final class LuceneSearch {
  private static final int DEPTH = 1000;

  private static void index(Directory directory, Analyzer analyzer, String[] texts) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i + 1 < texts.length; i += 2) {
        Document document = new Document();
        document.add(new StoredField("id", texts[i]));
        document.add(new TextField("text", texts[i + 1], Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static Query alternatives(Analyzer analyzer, String topic) throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    try (TokenStream stream = analyzer.tokenStream("text", topic)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(new TermQuery(new Term("text", term.toString())), BooleanClause.Occur.SHOULD);
      }
      stream.end();
    }
    return words.build();
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: LuceneSearch TEXTS TOPICS");
      System.exit(2);
    }
    String[] texts = Files.readString(Path.of(args[0])).split("\0", -1);
    List<String> topics = Files.readAllLines(Path.of(args[1]));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Analyzer analyzer = new FrenchAnalyzer();
    try (Directory directory = new ByteBuffersDirectory()) {
      index(directory, analyzer, texts);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
        StoredFields stored = reader.storedFields();
        for (String topic : topics) {
          int tab = topic.indexOf('\t');
          float last = Float.POSITIVE_INFINITY;
          int rank = 0;
          for (ScoreDoc hit : searcher.search(alternatives(analyzer, topic.substring(tab + 1)), DEPTH).scoreDocs) {
            last = Math.min(hit.score, Math.nextDown(last)); // so that a reader of the run keeps the order of ties
            out.printf(
                Locale.ROOT,
                "%s Q0 %s %d %.9g lucene%n",
                topic.substring(0, tab), stored.document(hit.doc).get("id"), ++rank, last);
          }
        }
      }
    }
    out.flush();
  }
}
