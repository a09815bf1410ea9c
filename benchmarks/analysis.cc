// How fast one thread analyses French that lies in memory: Limier, and the peers that are C++. Lucene's harness is
// peers/lucene; analysis.sh runs them all and writes the summary.
//
//   limier_analysis_benchmark ENGINE TEXTS.jsonl     prints the engine's version, then a csv row for each pass
//   limier_analysis_benchmark texts TEXTS.jsonl      prints the texts, each ended by a NUL: what a peer reads

#include <fmt/core.h>
#include <simdjson.h>
#include <xapian.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"

#ifdef LIMIER_BENCHMARK_LIBSTEMMER
#include <libstemmer.h>
#endif

namespace {

using Texts = std::vector<std::string>;

/// What a pass saw, so that an engine that is fast because it is wrong shows.
struct Seen {
  std::uint64_t tokens = 0;    ///< What the engine handed over.
  std::uint64_t words = 0;     ///< The positions it counted: the words of the texts, dropped ones included.
  std::uint64_t checksum = 0;  ///< Of what it handed over, in its order; comparable between passes of one engine only.

  void add(std::uint64_t value) {
    checksum = (checksum ^ value) * 0x9E3779B97F4A7C15;
    checksum ^= checksum >> 32;
  }
};

/// Length, first and last byte: enough that the term has to be there, too little to be measured itself.
std::uint64_t trace(std::string_view term) {
  if (term.empty()) return 0;
  const auto byte = [](char c) -> std::uint64_t { return static_cast<unsigned char>(c); };
  return term.size() << 16 | byte(term.front()) << 8 | byte(term.back());
}

/// Does one pass over the texts it was made for.
using Pass = std::function<Seen()>;

Pass limier_pass(const Texts& texts) {
  return [&texts, analyzer = std::make_shared<limier::Analyzer>()] {
    Seen seen;
    const limier::TokenSink sink = [&seen](const limier::Token& token) {
      ++seen.tokens;
      // One dependent step a token: the sums beside it cost next to nothing.
      const std::uint64_t range = std::uint64_t{token.begin} << 32 | token.end;
      seen.add(trace(token.stem) + trace(token.exact) * 0x100000001B3 + trace(token.folded) * 0x1000193 +
               (range + token.position) * 0xC2B2AE3D27D4EB4F);
    };
    for (const auto& text : texts) analyzer->analyze(text, sink);
    seen.words = seen.tokens;
    return seen;
  };
}

Pass xapian_pass(const Texts& texts) {
  return [&texts] {
    Seen seen;
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("french"));
    for (const auto& text : texts) {
      Xapian::Document document;
      generator.set_document(document);
      generator.set_termpos(0);
      generator.index_text(text);
      seen.tokens += generator.get_termpos();
      seen.add(std::uint64_t{generator.get_termpos()} << 32 | document.termlist_count());
    }
    seen.words = seen.tokens;
    return seen;
  };
}

#ifdef LIMIER_BENCHMARK_LIBSTEMMER
/// The stemmer alone: words split beforehand, by Limier, and neither elision nor case left to do.
Pass snowball_pass(const Texts& texts) {
  struct Words {
    std::string bytes;
    std::vector<int> lengths;
    std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)> stemmer{sb_stemmer_new("french", "UTF_8"),
                                                                      sb_stemmer_delete};
  };
  const auto words = std::make_shared<Words>();
  if (!words->stemmer) throw std::runtime_error("libstemmer knows no French");
  const limier::Analyzer analyzer({.stemmer = limier::Stemmer::None});
  const limier::TokenSink sink = [&words](const limier::Token& token) {
    words->bytes += token.exact;
    words->lengths.push_back(static_cast<int>(token.exact.size()));
  };
  for (const auto& text : texts) analyzer.analyze(text, sink);
  return [words] {
    Seen seen;
    const auto* word = reinterpret_cast<const sb_symbol*>(words->bytes.data());
    for (const int length : words->lengths) {
      const auto* stem = reinterpret_cast<const char*>(sb_stemmer_stem(words->stemmer.get(), word, length));
      seen.add(trace({stem, static_cast<std::size_t>(sb_stemmer_length(words->stemmer.get()))}));
      word += length;
    }
    seen.tokens = seen.words = words->lengths.size();
    return seen;
  };
}
#endif

struct Engine {
  std::string name;
  std::string version;
  Pass (*make)(const Texts&);
};

std::vector<Engine> engines() {
  return {
      {"limier", fmt::format("Limier {}, analyzer version {}", LIMIER_VERSION, limier::Analyzer::version), limier_pass},
      {"xapian", fmt::format("Xapian {}", Xapian::version_string()), xapian_pass},
#ifdef LIMIER_BENCHMARK_LIBSTEMMER
      {"snowball", "Snowball, libstemmer", snowball_pass},  // it does not tell its version
#endif
  };
}

Texts read_texts(const std::string& path) {
  constexpr std::size_t longest_line = 64 << 20;
  Texts texts;
  simdjson::dom::parser parser;
  simdjson::dom::document_stream lines;
  if (const auto error = parser.load_many(path, longest_line).get(lines)) throw simdjson::simdjson_error(error);
  for (const auto line : lines) texts.emplace_back(std::string_view(line["text"]));
  return texts;
}

void measure(const Engine& engine, const Texts& texts, int warm_up, int runs, bool paced) {
  fmt::print("# {}\n", engine.version);
#ifndef NDEBUG
  fmt::print(stderr, "analysis benchmark: assertions are on, the figures mean nothing; use the release preset\n");
#endif
  std::uint64_t bytes = 0;
  for (const auto& text : texts) bytes += text.size();
  const auto pass = engine.make(texts);
  for (int i = 0; i < warm_up; ++i) pass();
  fmt::print("engine,run,seconds,cpu_seconds,bytes,tokens,words,checksum\n");
  std::fflush(stdout);
  std::string go;
  for (int run = 1; run <= runs && (!paced || std::getline(std::cin, go)); ++run) {
    const auto start = std::chrono::steady_clock::now();
    const auto cpu_start = std::clock();
    const auto seen = pass();
    const double cpu_seconds = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    fmt::print("{},{},{:.6f},{:.6f},{},{},{},{:016x}\n", engine.name, run, elapsed.count(), cpu_seconds, bytes,
               seen.tokens, seen.words, seen.checksum);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string what;
  std::string path;
  int runs = 7;
  int warm_up = 2;
  bool paced = false;
  std::vector<std::string> names{"texts"};
  for (const auto& engine : engines()) names.push_back(engine.name);

  CLI::App app("Measures the analysis of texts in memory, on one thread.");
  app.add_option("engine", what, "The engine, or `texts` to print the texts")->required()->check(CLI::IsMember(names));
  app.add_option("file", path, "JSON Lines with a `text` in each")->required()->check(CLI::ExistingFile);
  app.add_option("--runs", runs, "Measured passes")->capture_default_str();
  app.add_option("--warm-up", warm_up, "Passes before them")->capture_default_str();
  app.add_flag("--paced", paced, "Wait for a line of standard input before each measured pass");
  CLI11_PARSE(app, argc, argv);

  try {
    const auto texts = read_texts(path);
    if (what == "texts") {
      for (const auto& text : texts) std::fwrite(text.c_str(), 1, text.size() + 1, stdout);
      return std::fflush(stdout) == 0 ? 0 : 2;
    }
    for (const auto& engine : engines()) {
      if (engine.name == what) measure(engine, texts, warm_up, runs, paced);
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "analysis benchmark: {}\n", error.what());
  } catch (const Xapian::Error& error) {
    fmt::print(stderr, "analysis benchmark: {}\n", error.get_description());
  }
  return 2;
}
