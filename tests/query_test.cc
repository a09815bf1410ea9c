#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <fstream>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "limier/error.h"
#include "limier/query.h"

namespace limier {
namespace {

Query words(std::string text, std::string field = "") {
  Query query;
  query.kind = Query::Kind::Words;
  query.text = std::move(text);
  query.field = std::move(field);
  return query;
}

Query phrase(std::string text, std::string field = "") {
  Query query = words(std::move(text), std::move(field));
  query.kind = Query::Kind::Phrase;
  return query;
}

Query marked(Query::Kind kind, std::string text, std::string field) {
  Query query = words(std::move(text), std::move(field));
  query.kind = kind;
  return query;
}

Query dates(std::string from, std::string to) {
  Query query;
  query.kind = Query::Kind::Dates;
  query.from = std::move(from);
  query.to = std::move(to);
  return query;
}

Query group(std::vector<Query> children) {
  Query query;
  query.children = std::move(children);
  return query;
}

Query with(Occur occur, Query query) {
  query.occur = occur;
  return query;
}

Query must(Query query) { return with(Occur::Must, std::move(query)); }
Query must_not(Query query) { return with(Occur::MustNot, std::move(query)); }

/// The tree in a notation that hides nothing.
std::string shown(const Query& query) {
  const std::string_view sign = query.occur == Occur::Must ? "+" : query.occur == Occur::MustNot ? "-" : "";
  switch (query.kind) {
    case Query::Kind::Words:
      return fmt::format("{}{}:words<{}>", sign, query.field, query.text);
    case Query::Kind::Phrase:
      return fmt::format("{}{}:phrase<{}>", sign, query.field, query.text);
    case Query::Kind::Form:
      return fmt::format("{}{}:form<{}>", sign, query.field, query.text);
    case Query::Kind::Prefix:
      return fmt::format("{}{}:prefix<{}>", sign, query.field, query.text);
    case Query::Kind::Dates:
      return fmt::format("{}dates<{},{}>", sign, query.from, query.to);
    case Query::Kind::Group:
      break;
  }
  std::string children;
  for (const Query& child : query.children) children += " " + shown(child);
  return fmt::format("{}{{{} }}", sign, children);
}

struct Expectation {
  std::string_view typed;
  Query query;
};

void check(const std::vector<Expectation>& expectations) {
  for (const Expectation& expected : expectations) {
    CAPTURE(expected.typed);
    CHECK_EQ(shown(parse_query(expected.typed)), shown(expected.query));
  }
}

/// Where the parser stops, if it does.
std::optional<Error> error_of(std::string_view text) {
  try {
    parse_query(text);
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  }
}

/// Parses, prints and parses again; whether the text is a query.
bool round_trips(std::string_view text) {
  Query query;
  try {
    query = parse_query(text);
  } catch (const Error& error) {
    const bool located = error.code() == ErrorCode::QuerySyntax && error.offset() && *error.offset() <= text.size();
    if (!located) FAIL("no place given for " << text);
    return false;
  }
  const std::string spelt = to_string(query);
  const std::optional<Error> error = error_of(spelt);
  if (error) FAIL(text << " was spelt " << spelt << ": " << std::string(error->what()));
  const Query again = parse_query(spelt);
  if (again != query) FAIL(text << " was spelt " << spelt << ": " << shown(query) << " became " << shown(again));
  if (to_string(again) != spelt) FAIL(spelt << " is not canonical");
  return true;
}

struct Counts {
  std::size_t tried = 0;
  std::size_t parsed = 0;
};

/// All sequences of up to `length` of the pieces.
Counts round_trip_all(const std::vector<std::string>& pieces, std::size_t length) {
  Counts counts;
  const std::function<void(const std::string&, std::size_t)> extend = [&](const std::string& text, std::size_t left) {
    ++counts.tried;
    if (round_trips(text)) ++counts.parsed;
    if (left == 0) return;
    for (const std::string& piece : pieces) extend(text + piece, left - 1);
  };
  extend("", length);
  return counts;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("words side by side are one text") {
  check({
      {"", group({})},
      {" \t\n", group({})},
      {"()", group({})},
      {"accord", words("accord")},
      {"  accord \t de\nParis ", words("accord de Paris")},
      {"590\u00A0000 590\u202F000", words("590\u00A0000 590\u202F000")},
      {"accord \u00A0de", words("accord de")},
      {"\u00A0accord\u202F", words("accord")},
      {"Pourquoi\u202F?", words("Pourquoi\u202F?")},
      {"a b +c d e", group({words("a b"), must(words("c")), words("d e")})},
      {"a (b)", group({words("a"), words("b")})},
      {"étudiant(e)s", words("étudiant(e)s")},
      {"étudiant(e s)", group({words("étudiant"), words("e s")})},
      {"l'accord C++ .NET a-t-il a+b 5G?x mot~2^3 x=y /y", words("l'accord C++ .NET a-t-il a+b 5G?x mot~2^3 x=y /y")},
      {"\xC3 \xFF\xA0\\", words("\xC3 \xFF\xA0\\")},
      {"a\\ b\\", words("a b\\")},
      {"et ou sauf non Et OUI ETA", words("et ou sauf non Et OUI ETA")},
  });
}

TEST_CASE("quotes make phrases") {
  check({
      {"\"accord de Paris\"", phrase("accord de Paris")},
      {"«\u00A0accord\u202Fde Paris\u202F»", phrase("accord\u202Fde Paris")},
      {"“accord ET Mali”", phrase("accord ET Mali")},
      {"\" \\ a\\\" \\\\ \"", phrase(" a\" \\")},
      {"\"\"", phrase("")},
      {"a\"b\"c", group({words("a"), phrase("b"), words("c")})},
      {"a » b", words("a » b")},
      {"\\«a", words("«a")},
  });
}

TEST_CASE("signs and operators make groups") {
  check({
      {"a OU b", group({words("a"), words("b")})},
      {"a OR b OU c d", group({words("a"), words("b"), words("c d")})},
      {"a ET b AND c", group({must(words("a")), must(words("b")), must(words("c"))})},
      {"a SAUF b NOT c", group({must(words("a")), must_not(words("b")), must_not(words("c"))})},
      {"a ET NON b c ET d", group({must(words("a")), must_not(words("b c")), must(words("d"))})},
      {"a NON b", group({must(words("a")), must_not(words("b"))})},
      {"+a", words("a")},
      {"(+a)", words("a")},
      {"-a", group({must_not(words("a"))})},
      {"NON a b", group({must_not(words("a")), words("b")})},
      {"NON a ET b", group({must_not(words("a")), must(words("b"))})},
      {"a ET (-b)", group({must(words("a")), must(group({must_not(words("b"))}))})},
      {"a SAUF -b", group({must(words("a")), must_not(group({must_not(words("b"))}))})},
      {"-a OU b", group({group({must_not(words("a"))}), words("b")})},
      {"a ET b OU c ET d",
       group({group({must(words("a")), must(words("b"))}), group({must(words("c")), must(words("d"))})})},
      {"a ET (b ET c)", group({must(words("a")), must(group({must(words("b")), must(words("c"))}))})},
      {"a +b ET c", group({must(group({words("a"), must(words("b"))})), must(words("c"))})},
      {"+(a b) -\"c d\"", group({must(words("a b")), must_not(phrase("c d"))})},
      {"a ET(b)", group({must(words("a")), must(words("b"))})},
      {"\\ET \\+a \\OU", words("ET +a OU")},
      {"-5", group({must_not(words("5"))})},
  });
}

TEST_CASE("fields") {
  check({
      {"titre:a", words("a", "title")},
      {"TITLE:a", words("a", "title")},
      {"Mot-Clé:a", words("a", "tag")},
      {"MOT-CLE\u0301:a", words("a", "tag")},
      {"langue:fr auteur:«a b»", group({words("fr", "language"), phrase("a b", "author")})},
      {"titre:(a b)", words("a b", "title")},
      {"titre:a b", group({words("a", "title"), words("b")})},
      {"-titre:a", group({must_not(words("a", "title"))})},
      {"titre:(a \"b\" date:2022 auteur:(c OU site:d))",
       group({words("a", "title"), phrase("b", "title"), dates("2022", "2022"),
              group({words("c", "author"), words("d", "site")})})},
      {"titre:auteur:a", words("auteur:a", "title")},
      {"titre:https://rfi.fr", words("https://rfi.fr", "title")},
      {"titre:(/a)", words("/a", "title")},
      {"titre:ET", words("ET", "title")},
      {"titre: a Titre :b titre:", words("titre: a Titre :b titre:")},
      {"(a titre:) b", group({words("a titre:"), words("b")})},
      {"titre:\u00A0a 14:30 http://x Covid-19:a a-:b \xFF:c",
       words("titre:\u00A0a 14:30 http://x Covid-19:a a-:b \xFF:c")},
      {"titre\\:a \\titre:a", words("titre:a titre:a")},
  });
  CHECK_EQ(query_fields().size(), 8);
}

TEST_CASE("dates") {
  check({
      {"date:2022", dates("2022", "2022")},
      {"DATE:2024-02-29", dates("2024-02-29", "2024-02-29")},
      {"date:2022-11..2023-02", dates("2022-11", "2023-02")},
      {"date:..2022-11", dates("", "2022-11")},
      {"date:2022..", dates("2022", "")},
      {"date:..", dates("", "")},
      {"date:2022-11..2022", dates("2022-11", "2022")},
      {"(date:2022)-date:2023", group({dates("2022", "2022"), must_not(dates("2023", "2023"))})},
  });
  for (const std::string_view wrong :
       {"2022-13", "2022-00", "2022-02-30", "2023-02-29", "0000", "20222", "2022-1", "hier", "\"2022\"", "(2022)",
        "2022...2023", "2022-11..2022-10", "2022/11", "-5"}) {
    CAPTURE(wrong);
    const std::optional<Error> error = error_of("a date:" + std::string(wrong));
    REQUIRE(error);
    CHECK_GE(error->offset().value_or(0), 7);
  }
}

TEST_CASE("nesting is bounded, and a query at the bound can be spelt and parsed") {
  CHECK(round_trips(repeated("(", 100) + "a" + repeated(")", 100)));
  CHECK_EQ(error_of(repeated("(", 101) + "a" + repeated(")", 101))->offset(), 100);
  CHECK(round_trips(repeated("-(", 99) + "-a" + repeated(")", 99)));
  CHECK(round_trips(repeated("-(", 99) + "a (b c) +d" + repeated(")", 99)));
  CHECK(error_of(repeated("-(", 100) + "-a" + repeated(")", 100)));
  CHECK(round_trips(repeated("-a OU (", 49) + "a" + repeated(")", 49)));
  CHECK(error_of(repeated("a ET b OU (", 100) + "a OU b" + repeated(")", 100)));
  CHECK(error_of(repeated("(", 1'000'000)));
}

TEST_CASE("every short string over the query alphabet is refused or comes back") {
  const Counts counts = round_trip_all({"a", " ", "\"", "(", ")", "+", "-", ":", "\\"}, 6);
  MESSAGE(counts.parsed << " of " << counts.tried << " strings are queries");
  CHECK_GT(counts.parsed, 90'000);
}

TEST_CASE("every short string of other characters is refused or comes back") {
  const Counts counts =
      round_trip_all({"E", "T", " ", "\u00A0", "(", ")", "/", "\\", ":", "\xC2", "\xA0", "«", "»"}, 4);
  MESSAGE(counts.parsed << " of " << counts.tried << " strings are queries");
  CHECK_GT(counts.parsed, 10'000);
}

TEST_CASE("every short string with marked words is refused or comes back") {
  const Counts counts = round_trip_all({"a", " ", "=", "*", "\\", "(", ")", ":", "-"}, 5);
  MESSAGE(counts.parsed << " of " << counts.tried << " strings are queries");
  CHECK_GT(counts.parsed, 10'000);
}

TEST_CASE("every short sequence of words and operators is refused or comes back") {
  const Counts counts =
      round_trip_all({"a ", "ET ", "OU ", "SAUF ", "NON ", "+", "-", "(", ") ", "\"a b\" ", "titre:", "date:2022 "}, 5);
  MESSAGE(counts.parsed << " of " << counts.tried << " sequences are queries");
  CHECK_GT(counts.parsed, 10'000);
}

TEST_CASE("any bytes are parsed or refused") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {"titre:", "date:2022..", " ET ", " SAUF ", "(", ")",
                                           "\"",     "«\u202F",     "»",    "\\",     " "};
  std::size_t parsed = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (std::size_t size = random() % 30; text.size() < size;) {
      const std::size_t choice = random() % (2 * pieces.size());
      text += choice < pieces.size() ? pieces[choice] : std::string(1, static_cast<char>(random() % 256));
    }
    if (round_trips(text)) ++parsed;
  }
  CHECK_GT(parsed, 5'000);
}

/// A tree of random shape and texts, of the kinds that have a spelling of their own.
Query random_query(std::mt19937& random, int levels) {
  static const std::vector<std::string> texts = {
      "a", "a b", " a", "a  b ", "ET", "x OU y",   "\u00A0", "590\u00A0000", "+a -b", "titre:a", "Mali: a", "(e)s",
      "/", "\\",  "\"", "« a »", ":",  "http://x", "=a",     "a*",           "a* b",  "=",       "*",       "a\\*"};
  const std::string text = texts[random() % texts.size()];
  const std::string field = random() % 2 == 0 ? "" : std::string(query_fields()[random() % 7].name);
  const auto kind = random() % (levels > 0 ? 7 : 5);
  if (kind == 0) return words(text, field);
  if (kind == 1) return phrase(text, field);
  if (kind == 2) return dates(random() % 2 == 0 ? "" : "2022", "2022-11");
  if (kind == 3) return marked(Query::Kind::Form, text, field);
  if (kind == 4) return marked(Query::Kind::Prefix, text, field);
  std::vector<Query> children;
  for (std::size_t count = 2 + random() % 3; children.size() < count;) {
    children.push_back(with(static_cast<Occur>(random() % 3), random_query(random, levels - 1)));
  }
  return group(std::move(children));
}

TEST_CASE("a tree built by a program is spelt so that it parses to the same tree") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const Query query = random_query(random, 3);
    const std::string spelt = to_string(query);
    const Query again = parse_query(spelt);
    if (again != query) FAIL(shown(query) << " was spelt " << spelt << " and became " << shown(again));
  }
}

TEST_CASE("trees that no text gives are spelt alike in what they find") {
  CHECK_EQ(to_string(group({must(words("a b"))})), "+(a b)");
  CHECK_EQ(parse_query("+(a b)"), words("a b"));
  CHECK_EQ(to_string(group({words("a"), words("")})), "a OU \"\"");
  CHECK_EQ(to_string(group({must(words("a")), must(group({}))})), "a ET ()");
  CHECK_EQ(to_string(must_not(words("a"))), "a");
  CHECK(error_of(to_string(words("a", "lieu"))));
}

/// The cells of a row of a table in Markdown, code without its backticks.
std::vector<std::string> cells(const std::string& row) {
  std::vector<std::string> cells;
  for (std::size_t begin = row.find('|'); row.find('|', begin + 1) != std::string::npos;) {
    const std::size_t end = row.find('|', begin + 1);
    cells.push_back(row.substr(begin + 2, end - begin - 3));
    begin = end;
  }
  return cells;
}

bool is_code(const std::string& cell) { return cell.size() > 1 && cell.front() == '`' && cell.back() == '`'; }

std::string code(const std::string& cell) { return cell.substr(1, cell.size() - 2); }

TEST_CASE("docs/query-syntax.md says what the parser does") {
  std::ifstream document(LIMIER_SOURCE_DIR "/docs/query-syntax.md");
  int examples = 0;
  int errors = 0;
  for (std::string line; std::getline(document, line);) {
    if (!line.starts_with("| `")) continue;
    const std::vector<std::string> row = cells(line);
    CAPTURE(line);
    REQUIRE_EQ(row.size(), 3);
    if (is_code(row[1])) {
      ++examples;
      CHECK_EQ(to_string(parse_query(code(row[0]))), code(row[1]));
      continue;
    }
    ++errors;
    const std::optional<Error> error = error_of(code(row[0]));
    REQUIRE(error);
    CHECK_EQ(std::to_string(error->offset().value_or(0)), row[1]);
    CHECK_EQ(error->what(), row[2]);
  }
  CHECK_GE(examples, 53);
  CHECK_GE(errors, 13);
}

}  // namespace
}  // namespace limier
