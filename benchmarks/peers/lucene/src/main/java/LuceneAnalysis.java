import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.Version;

/**
 * The same measurement as ../../analysis.cc, of Lucene's FrenchAnalyzer as it comes. Works with Lucene 8 to 10.
 *
 * <p>LuceneAnalysis TEXTS WARM_UP: TEXTS holds texts each ended by a NUL; after WARM_UP passes, a line of standard input
 * starts a measured pass. Texts are strings before the clock starts: Lucene does not pay for reading UTF-8.
 */
public final class LuceneAnalysis {
  private long tokens;
  private long words;
  private long checksum;

  private void add(long value) {
    checksum = (checksum ^ value) * 0x9E3779B97F4A7C15L;
    checksum ^= checksum >>> 32;
  }

  private static long trace(CharTermAttribute term) {
    int length = term.length();
    if (length == 0) return 0;
    return (long) length << 32 | (long) term.buffer()[0] << 16 | term.buffer()[length - 1];
  }

  private void pass(Analyzer analyzer, List<String> texts) throws IOException {
    tokens = words = checksum = 0;
    for (String text : texts) {
      try (TokenStream stream = analyzer.tokenStream("text", text)) {
        CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
        OffsetAttribute offset = stream.getAttribute(OffsetAttribute.class);
        PositionIncrementAttribute step = stream.getAttribute(PositionIncrementAttribute.class);
        stream.reset();
        while (stream.incrementToken()) {
          ++tokens;
          words += step.getPositionIncrement();
          long range = (long) offset.startOffset() << 32 | offset.endOffset();
          add(trace(term) + (range + words) * 0xC2B2AE3D27D4EB4FL);
        }
        stream.end();
        words += step.getPositionIncrement(); // stop words after the last token
      }
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: LuceneAnalysis TEXTS WARM_UP");
      System.exit(2);
    }
    System.out.println("# Lucene " + Version.LATEST + " on Java " + Runtime.version());
    byte[] file = Files.readAllBytes(Path.of(args[0]));
    List<String> texts = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at < file.length; ++at) {
      if (file[at] != 0) continue;
      texts.add(new String(file, begin, at - begin, StandardCharsets.UTF_8));
      begin = at + 1;
    }
    long bytes = file.length - texts.size();
    file = null;

    Analyzer analyzer = new FrenchAnalyzer();
    LuceneAnalysis seen = new LuceneAnalysis();
    for (int i = 0; i < Integer.parseInt(args[1]); ++i) seen.pass(analyzer, texts);
    System.out.println("engine,run,seconds,cpu_seconds,bytes,tokens,words,checksum");
    // Counts the collector's and the compiler's threads: their work is Lucene's too.
    OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    BufferedReader go = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (int run = 1; go.readLine() != null; ++run) {
      long start = System.nanoTime();
      long cpuStart = process.getProcessCpuTime();
      seen.pass(analyzer, texts);
      double cpuSeconds = (process.getProcessCpuTime() - cpuStart) / 1e9;
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "lucene,%d,%.6f,%.6f,%d,%d,%d,%016x%n",
          run, seconds, cpuSeconds, bytes, seen.tokens, seen.words, seen.checksum);
    }
  }
}
