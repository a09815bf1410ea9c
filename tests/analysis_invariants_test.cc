#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "analysis_invariants.h"
#include "limier/analyzer.h"
#include "shared_data.h"
#include "text/utf8.h"

namespace limier {
namespace {

const Analyzer& default_analyzer() {
  static const Analyzer analyzer;
  return analyzer;
}

std::vector<OwnedToken> tokens_of(std::string_view text) { return tokens_of(text, default_analyzer()); }

/// Whether all but the ranges is the same.
bool same_word(const OwnedToken& a, const OwnedToken& b) {
  return a.stem == b.stem && a.exact == b.exact && a.folded == b.folded && a.position == b.position &&
         a.stop_word == b.stop_word && a.joined == b.joined;
}

bool same_words(const std::vector<OwnedToken>& a, const std::vector<OwnedToken>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_word(a[i], b[i])) return false;
  }
  return true;
}

void check_invariants(const std::string& text) {
  const auto breach = breach_in(text, default_analyzer());
  if (!breach.empty()) FAIL_CHECK(breach << " in: " << text);
}

/// Calls `visit` with every text of up to `length` letters.
template <typename Visit>
void for_all_texts(const std::vector<std::string_view>& letters, int length, std::string& text, const Visit& visit) {
  visit(text);
  if (length == 0) return;
  for (const auto letter : letters) {
    text += letter;
    for_all_texts(letters, length - 1, text, visit);
    text.resize(text.size() - letter.size());
  }
}

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }

 private:
  std::mt19937 engine_;
};

std::string random_text(Random& random, const std::vector<std::string_view>& pieces, std::size_t longest) {
  std::string text;
  for (auto rest = random.below(longest); rest > 0; --rest) text += pieces[random.below(pieces.size())];
  return text;
}

const std::vector<std::string_view> french_pieces = {
    "l",  "d",  "qu",    "t",        "s",     "e",   "m",  "é",      "à",      "œ",      "ÿ",   "Ça", "Île", "le",
    "il", "en", "homme", "étudiant", "Brien", "www", "fr", "net",    "1",      "23",     "000", "m",  "'",   "’",
    "-",  "-",  ".",     ".",        ",",     " ",   " ",  "\u00A0", "\u202F", "\u00AD", "·",   "(",  ")",   "@",
    "+",  "#",  "&",     "²",        "://",   "/",   "_",  "\n",     "«",      "»",      "!",   "ﬁ",  "ñ"};

TEST_CASE("analyzer: invariants on all short texts") {
  std::size_t texts = 0;
  std::string text;
  for_all_texts({"l", "'", "’", "-", ".", "1", " ", "é", "A"}, 5, text, [&](const std::string& t) {
    check_invariants(t);
    ++texts;
  });
  for_all_texts({"d", "t", "e", "s", "à", "0", "000",    "'",  "-",      ".",      ",",
                 "·", "(", ")", "@", "&", "+", "\u202F", "中", "\u0301", "\u00AD", "\xC3"},
                4, text, [&](const std::string& t) {
                  check_invariants(t);
                  ++texts;
                });
  CHECK(texts == 66430 + 245411);
}

TEST_CASE("analyzer: an elision before a word changes nothing but ranges") {
  std::string text;
  std::size_t words = 0;
  for_all_texts({"l", "'", "’", "-", ".", "1", " ", "é", "A"}, 5, text, [&](const std::string& t) {
    const auto first = text.empty() ? ' ' : text[0];
    if (first == ' ' || first == '\'' || first == '-' || first == '.' || text.starts_with("’")) return;
    for (const std::string_view elision : {"l'", "L’", "qu'"}) {
      if (!same_words(tokens_of(std::string(elision) + t), tokens_of(t))) FAIL_CHECK(elision << t);
    }
    ++words;
  });
  CHECK(words > 20000);
}

TEST_CASE("analyzer: composed or decomposed, upper or lower case, any apostrophe: the same tokens") {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  REQUIRE(U_SUCCESS(status));
  const auto seed = std::random_device()();
  CAPTURE(seed);
  Random random(seed);
  std::size_t tokens = 0;
  for (int round = 0; round < 20000; ++round) {
    const auto text = random_text(random, french_pieces, 12);
    const auto unicode = icu::UnicodeString::fromUTF8(text);
    const auto expected = tokens_of(text);
    tokens += expected.size();

    std::string decomposed;
    nfd->normalize(unicode, status).toUTF8String(decomposed);
    if (!same_words(expected, tokens_of(decomposed))) FAIL_CHECK("decomposed: " << text);

    std::string curly = text;
    for (auto at = curly.find('\''); at != curly.npos; at = curly.find('\'', at)) curly.replace(at, 1, "’");
    if (!same_words(expected, tokens_of(curly))) FAIL_CHECK("apostrophes: " << text);

    // Mixed case carries meaning (`jeudi.Le`, `N'Djamena`), so one case is held against the other; and so do capitals
    // where an elision stands before a consonant (`D'Souza`, `d'la`), which ordinary French does not have.
    static const std::regex before_consonant("[dts](?:'|’|ʼ|‘|′|´|＇)[^aeiouhy]", std::regex::icase);
    if (std::regex_search(text, before_consonant)) continue;
    std::string upper, lower;
    icu::UnicodeString(unicode).toUpper().toUTF8String(upper);
    icu::UnicodeString(unicode).toLower().toUTF8String(lower);
    if (!same_words(tokens_of(upper), tokens_of(lower))) FAIL_CHECK("case: " << text);
  }
  CHECK(tokens > 20000);
}

TEST_CASE("analyzer: invariants on random French") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  Random random(seed);
  auto pieces = french_pieces;
  pieces.insert(pieces.end(), {"rendez",    "Les",    "Qu",      "lors",
                               "jusQu",     "RTL",    "vous",    "Le",
                               "L",         "D",      "aujourd", "particulièrement",
                               "étudiants", "https",  "com",     "a",
                               "x",         "ß",      "Œuvre",   "İ",
                               "×",         "quelqu", "presqu",  "île",
                               "un",        "ham",    "NET",     "développements",
                               "es",        "\u00AA", "º",       "2019",
                               "٣",         "…",      "\u200B",  "\u0301",
                               "\u0300re"});
  check_invariants("www.Brien, http.Ab");  // addresses, though they look like sentences
  check_invariants("t_t'ab");              // nothing stands before that the t could be tied to
  check_invariants("t-on.fr-x");
  check_invariants("lorsQu'u");  // an elision by its letters, and a sentence by its capital
  for (int round = 0; round < 50000; ++round) check_invariants(random_text(random, pieces, 16));
}

TEST_CASE("analyzer: more words than are remembered, longer texts than are read ahead") {
  Random random(1);
  std::string text;
  for (int words = 0; words < 200'000; ++words) {
    for (auto letters = 1 + random.below(18); letters > 0; --letters) text += static_cast<char>('a' + random.below(26));
    text += words % 10 == 0 ? ", l'été " : " ";
  }
  CHECK(tokens_of(text).size() == 220'000);
  CHECK(breach_in(text, default_analyzer()) == "");
}

TEST_CASE("analyzer: known words are cut out of a whole collection as unknown ones") {
  const std::string path = test::shared_data("news/orangesum-a.jsonl");
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    MESSAGE("skipped: no collection in " << path);
    return;
  }
  // A line as it is will do: JSON's signs and escapes between the words are unusual surroundings.
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line); ++lines) check_invariants(line);
  CHECK(lines > 1000);
}

TEST_CASE("analyzer: known words give the same tokens whichever step is switched off") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  Random random(seed);
  for (const AnalyzerOptions& options :
       {AnalyzerOptions{.elision = false}, AnalyzerOptions{.compounds = false}, AnalyzerOptions{.numbers = false},
        AnalyzerOptions{.accent_folding = false}, AnalyzerOptions{.lexicon = false},
        AnalyzerOptions{.stop_words = false}, AnalyzerOptions{.stemmer = Stemmer::Light},
        AnalyzerOptions{.stemmer = Stemmer::None}}) {
    const Analyzer analyzer(options);
    for (int round = 0; round < 2000; ++round) {
      const auto text = random_text(random, french_pieces, 12);
      if (const auto breach = breach_in(text, analyzer); !breach.empty()) FAIL_CHECK(breach << " in: " << text);
    }
  }
}

TEST_CASE("analyzer: tokens of one number have the same forms, whichever analyzer and thread they come from") {
  AnalyzerOptions plain;
  plain.stemmer = Stemmer::None;
  const Analyzer analyzers[] = {Analyzer(), Analyzer(plain)};
  const auto seed = std::random_device()();
  CAPTURE(seed);
  using Forms = std::array<std::string, 3>;
  std::mutex mutex;
  std::map<std::uint32_t, Forms> forms_of;
  std::size_t numbered = 0, wrong = 0;
  const auto read = [&](std::size_t thread) {
    Random random(seed + static_cast<std::uint32_t>(thread));
    for (std::size_t round = 0; round < 200; ++round) {
      std::string text;
      for (int words = 0; words < 100; ++words) text += random_text(random, french_pieces, 3) + ' ';
      analyzers[(thread + round) % 2].analyze(text, [&](const Token& token) {
        if (token.number == 0) return;
        const Forms forms = {std::string(token.stem), std::string(token.exact), std::string(token.folded)};
        const std::lock_guard lock(mutex);
        ++numbered;
        if (forms_of.try_emplace(token.number, forms).first->second != forms) ++wrong;
      });
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 3; ++thread) threads.emplace_back(read, thread);
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(forms_of.size() > 100);
  CHECK(numbered > 3 * forms_of.size());
}

TEST_CASE("analyzer: invariants on random bytes") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  Random random(seed);
  for (int round = 0; round < 20000; ++round) {
    std::string text(random.below(40), '\0');
    for (char& byte : text) byte = static_cast<char>(random.below(256));
    check_invariants(text);
  }
}

TEST_CASE("analyzer: invariants on random Unicode") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  Random random(seed);
  const char32_t limits[] = {0x80, 0x250, 0x700, 0x1000, 0x3000, 0x10000, 0x110000};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto rest = random.below(20); rest > 0; --rest) {
      const auto value = static_cast<char32_t>(random.below(limits[random.below(std::size(limits))]));
      if (value < 0xD800 || value > 0xDFFF) append_utf8(text, value);
      if (random.below(3) == 0) text += french_pieces[random.below(french_pieces.size())];
    }
    check_invariants(text);
  }
}

TEST_CASE("analyzer: every code point alone and inside a word") {
  constexpr char32_t batch = 256;
  for (char32_t first = 0; first <= 0x10FFFF; first += batch) {
    if (first >= 0xD800 && first <= 0xDFFF) continue;
    std::string text;
    for (char32_t value = first; value < first + batch; ++value) {
      text += " a";
      append_utf8(text, value);
      text += "b ";
      append_utf8(text, value);
    }
    const auto breach = breach_in(text, default_analyzer());
    if (!breach.empty()) FAIL_CHECK(breach << " from code point " << static_cast<std::uint32_t>(first));
  }
}

TEST_CASE("analyzer: long texts without spaces take time in proportion and bounded terms") {
  constexpr std::size_t size = 100'000;
  for (const std::string_view piece :
       {"a",  "é",   "a.",   "a-",    "la-", "l'",      "a'",     "1",       "1.",  "1,",     "123 ",    "000.",
        "a@", "a.b", "é·e",  "ab(e)", "a&",  "e\u0301", "\u00AD", "\u0301",  "l'-", "t-",     "http://", "www.",
        "中", "ก",   "\xFF", "a_b.",  ".",   "'",       "m'b",    "quelqu'", "a+",  "ab-e-s", "Le",      "xLesL'"}) {
    CAPTURE(piece);
    std::string text;
    while (text.size() < size) text += piece;
    const auto start = std::chrono::steady_clock::now();
    default_analyzer().analyze(text, [](const Token&) {});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    CHECK(breach_in(text, default_analyzer()) == "");
    CHECK(took.count() < 5);  // seconds; steps in proportion to the square of the size take far more
  }
}

TEST_CASE("analyzer: words that are too long keep their first 64 bytes and their whole range") {
  const auto tokens = tokens_of(std::string(100, 'a') + " " + std::string(31, 'b') + "xéééééééééééééééééééé");
  REQUIRE(tokens.size() == 2);
  CHECK(tokens[0].exact == std::string(64, 'a'));
  CHECK(tokens[0].end == 100);
  CHECK(tokens[1].exact == std::string(31, 'b') + "xéééééééééééééééé");
}

}  // namespace
}  // namespace limier
