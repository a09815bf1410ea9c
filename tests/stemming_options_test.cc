#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "index/index_directory.h"
#include "limier/analyzer.h"
#include "limier/error.h"
#include "shard/schema.h"

namespace limier {
namespace {

/// The stems of a text, `°` behind stop words, `+` before what is joined.
std::string stems_of(std::string_view text, std::string_view options) {
  std::string out;
  Analyzer(parse_analyzer_options(options)).analyze(text, [&](const Token& token) {
    if (!out.empty()) out += ' ';
    if (token.joined) out += '+';
    out += token.stem;
    if (token.stop_word) out += "°";
  });
  return out;
}

TEST_CASE("analyzer options: each step can be left out") {
  const std::string_view text = "L'étang des maliens, 590 000 porte-avions";
  const struct {
    std::string_view options, stems;
  } cases[] = {
      {"", "etang de° mali 590000 porter +avion"},
      {"lexicon=off", "etang de° malien 590000 port +avion"},
      {"elision=off", "letang de° mali 590000 porter +avion"},
      {"accent_folding=off", "étang de° mali 590000 porter +avion"},
      {"compounds=off", "etang de° mali 590000 porter avion"},
      {"numbers=off", "etang de° mali 590 000 porter +avion"},
      {"stop_words=off", "etang de mali 590000 porter +avion"},
      {"stemmer=none", "etang des° maliens 590000 porte +avions"},
      {"stemmer=light,lexicon=off", "etang des° malien 590000 port +avion"},
      {"stemmer=minimal,lexicon=off", "etang des° malien 590000 porte +avion"},
  };
  for (const auto& [options, stems] : cases) {
    CAPTURE(options);
    CHECK(stems_of(text, options) == stems);
  }
}

TEST_CASE("analyzer options: what is printed can be read") {
  CHECK(parse_analyzer_options("") == AnalyzerOptions());
  CHECK(print_analyzer_options(parse_analyzer_options("elision=off,stemmer=light")) ==
        "stemmer=light,lexicon=on,accent_folding=on,elision=off,compounds=on,numbers=on,stop_words=on");
  for (const std::string_view text : {"stemmer=none", "stemmer=minimal,numbers=off", "stop_words=off,lexicon=off"}) {
    const AnalyzerOptions options = parse_analyzer_options(text);
    CHECK(parse_analyzer_options(print_analyzer_options(options)) == options);
    CHECK(parse_settings("index", print_format(), print_analyzer(options)).analyzer == options);
  }
}

TEST_CASE("analyzer options: wrong ones are refused with what is possible") {
  for (const std::string text :
       {"stemmer", "stemmer=porter", "elision=yes", "rhyme=on", "lexicon=on,lexicon=on", ",", "="}) {
    CAPTURE(text);
    try {
      parse_analyzer_options(text);
      FAIL_CHECK("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::InvalidArgument);
      CHECK(std::string(error.what()).find("stemmer=none|snowball|light|minimal") != std::string::npos);
      CHECK(std::string(error.what()).find("elision=on|off") != std::string::npos);
    }
  }
}

TEST_CASE("analyzer options: an index tells all of them") {
  const auto code_of = [](const std::string& json) {
    try {
      parse_settings("index", print_format(), json);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::QuerySyntax;  // none
  };
  CHECK(code_of(print_analyzer({})) == ErrorCode::QuerySyntax);
  const std::string version = "{\"version\":" + std::to_string(Analyzer::version);
  CHECK(code_of("") == ErrorCode::Corrupt);
  CHECK(code_of("[]") == ErrorCode::Corrupt);
  CHECK(code_of("{\"version\":\"2\"}") == ErrorCode::Corrupt);
  CHECK(code_of(version + "}") == ErrorCode::Corrupt);
  CHECK(code_of(version + ",\"stemmer\":\"snowball\"}") == ErrorCode::Corrupt);
  CHECK(code_of(version + ",\"stemmer\":\"snowball\",\"rhyme\":true}") == ErrorCode::Incompatible);
  CHECK(code_of(version + ",\"stemmer\":7}") == ErrorCode::Incompatible);
  CHECK(code_of("{\"version\":99}") == ErrorCode::Incompatible);
}

}  // namespace
}  // namespace limier
