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

#include "catalogue.h"
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

std::string_view name_of(Query::Kind kind) {
  switch (kind) {
    case Query::Kind::Words:
      return "words";
    case Query::Kind::Phrase:
      return "phrase";
    case Query::Kind::Form:
      return "form";
    case Query::Kind::Pattern:
      return "pattern";
    case Query::Kind::Fuzzy:
      return "fuzzy";
    case Query::Kind::Near:
      return "near";
    case Query::Kind::Dates:
      return "dates";
    case Query::Kind::Numbers:
      return "numbers";
    case Query::Kind::Exists:
      return "exists";
    case Query::Kind::Id:
      return "id";
    case Query::Kind::Everything:
      return "everything";
    case Query::Kind::Group:
      return "group";
  }
  return {};
}

/// The tree in a notation that hides nothing.
std::string shown(const Query& query) {
  const std::string_view sign = query.occur == Occur::Must ? "+" : query.occur == Occur::MustNot ? "-" : "";
  std::string text = fmt::format("{}{}:{}<{}>", sign, query.field, name_of(query.kind), query.text);
  if (query.distance > 0) text += fmt::format("~{}", query.distance);
  if (query.weight != 1) text += fmt::format("^{}", query.weight);
  if (query.match != 0) text += fmt::format("%{}", query.match);
  if (!query.from.empty() || !query.to.empty())
    text += fmt::format("[{}{}..{}{}]", query.above ? ">" : "", query.from, query.below ? "<" : "", query.to);
  for (const Query& child : query.children) text += (&child == query.children.data() ? "{ " : " ") + shown(child);
  return text + (query.children.empty() ? "" : " }");
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

/// Parses, prints and parses again, under these options; whether the text is a query.
bool round_trips(std::string_view text, const QueryOptions& options) {
  Query query;
  try {
    query = parse_query(text, options);
  } catch (const Error& error) {
    const bool located = error.code() == ErrorCode::QuerySyntax && error.offset() && *error.offset() <= text.size();
    if (!located) FAIL("no place given for " << text);
    return false;
  }
  const std::string spelt = to_string(query);
  const std::optional<Error> error = error_of(spelt);
  if (error) FAIL(text << " was spelt " << spelt << ": " << std::string(error->what()));
  const Query again = parse_query(spelt, options);
  if (again != query) FAIL(text << " was spelt " << spelt << ": " << shown(query) << " became " << shown(again));
  if (to_string(again) != spelt) FAIL(spelt << " is not canonical");
  return true;
}

bool round_trips(std::string_view text) { return round_trips(text, {.match = 0.75}) && round_trips(text, {}); }

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
      {"l'accord C++ .NET a-t-il a+b x=y /y 10^6 ^3 ~ ~2", words("l'accord C++ .NET a-t-il a+b x=y /y 10^6 ^3 ~ ~2")},
      {"signé? http://x.fr/a?b=c ? a?! mot\\~2 mot\\^2", words("signé? http://x.fr/a?b=c ? a?! mot~2 mot^2")},
      {"a * b", words("a * b")},
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
       {"2022-13", "2022-00", "2022-02-30", "2023-02-29", "0000", "20222", "2022-1", "demain", "(2022)",
        "\"depuis 30\"", "2022...2023", "2022-11..2022-10", "2022/11", "-5"}) {
    CAPTURE(wrong);
    const std::optional<Error> error = error_of("a date:" + std::string(wrong));
    REQUIRE(error);
    CHECK_GE(error->offset().value_or(0), 7);
  }
}

TEST_CASE("dates in words") {
  const QueryOptions options{.today = "2024-03-31"};
  const std::vector<std::pair<std::string_view, Query>> rows = {
      {"date:\"novembre 2022\"", dates("2022-11", "2022-11")},
      {"date:«23 novembre 2022»", dates("2022-11-23", "2022-11-23")},
      {"date:\"janvier 2022..1er mars 2022\"", dates("2022-01", "2022-03-01")},
      {"date:\"depuis mars 2022\"", dates("2022-03", "")},
      {"date:\"since 2020\"", dates("2020", "")},
      {"date:\"depuis 30 jours\"", dates("2024-03-01", "")},
      {"date:\"depuis 2 semaines\"", dates("2024-03-17", "")},
      {"date:\"depuis 1 mois\"", dates("2024-02-29", "")},
      {"date:\"last 5 years\"", dates("2019-03-31", "")},
      {"date:hier", dates("2024-03-30", "2024-03-30")},
      {"date:aujourd’hui", dates("2024-03-31", "2024-03-31")},
  };
  for (const auto& [typed, expected] : rows) {
    CAPTURE(typed);
    CHECK_EQ(shown(parse_query(typed, options)), shown(expected));
  }
  CHECK_THROWS_AS(parse_query("date:hier", {.today = "2024-03"}), Error);
}

TEST_CASE("numbers, existence and everything") {
  const auto numbers = [](std::string from, std::string to, bool above = false, bool below = false) {
    Query query;
    query.kind = Query::Kind::Numbers;
    query.field = "lectures";
    query.from = std::move(from), query.to = std::move(to);
    query.above = above, query.below = below;
    return query;
  };
  check({
      {"lectures:>500", numbers("500", "", true)},
      {"lectures:>=500", numbers("500", "")},
      {"lectures:<1.5", numbers("", "1.5", false, true)},
      {"lectures:100..500", numbers("100", "500")},
      {"lectures:-3..", numbers("-3", "")},
      {"lectures:12", numbers("12", "12")},
      {"existe:date", marked(Query::Kind::Exists, "", "date")},
      {"EXISTS:titre", marked(Query::Kind::Exists, "", "title")},
      {"lectures:*", marked(Query::Kind::Exists, "", "lectures")},
      {"auteur:*", marked(Query::Kind::Exists, "", "author")},
      {"id:pages/a.txt#12", marked(Query::Kind::Id, "pages/a.txt#12", "")},
      {"ID:\"a  (1)\"", marked(Query::Kind::Id, "a  (1)", "")},
      {"*", marked(Query::Kind::Everything, "", "")},
      {"* SAUF Mali", group({must(marked(Query::Kind::Everything, "", "")), must_not(words("Mali"))})},
      {"\\*", words("*")},
  });
  CHECK_EQ(error_of("lectures:500..100")->offset(), 9);
  CHECK(error_of("lectures:beaucoup"));
}

TEST_CASE("marks: patterns, misspellings, distances and weights") {
  const auto fuzzy = [](std::string text, unsigned distance) {
    Query query = marked(Query::Kind::Fuzzy, std::move(text), "");
    query.distance = distance;
    return query;
  };
  const auto weighted = [](Query query, double weight) {
    query.weight = weight;
    return query;
  };
  const auto within = [](unsigned distance, Query query) {
    query.distance = distance;
    return query;
  };
  const auto near = [](unsigned distance, std::vector<Query> children) {
    Query query = group(std::move(children));
    query.kind = Query::Kind::Near;
    query.distance = distance;
    return query;
  };
  check({
      {"etabliss*", marked(Query::Kind::Pattern, "etabliss*", "")},
      {"*phone", marked(Query::Kind::Pattern, "*phone", "")},
      {"w?rd", marked(Query::Kind::Pattern, "w?rd", "")},
      {"a\\*b*", marked(Query::Kind::Pattern, "a\\*b*", "")},
      {"présidant~", fuzzy("présidant", 1)},
      {"présidant~2", fuzzy("présidant", 2)},
      {"accord^3", weighted(words("accord"), 3)},
      {"paix accord^0.5 Mali", group({words("paix"), weighted(words("accord"), 0.5), words("Mali")})},
      {"mot~2^3", weighted(fuzzy("mot", 2), 3)},
      {"=mot^2", weighted(marked(Query::Kind::Form, "mot", ""), 2)},
      {"\"a b\"~5", within(5, phrase("a b"))},
      {"titre:\"a b\"~5^2", weighted(within(5, phrase("a b", "title")), 2)},
      {"(a b)^2", weighted(words("a b"), 2)},
      {"((a OU b)^2)^3", weighted(group({words("a"), words("b")}), 6)},
      {"a NEAR/5 b", near(5, {words("a"), words("b")})},
      {"a PRÈS/5 \"b c\" NEAR/5 d*", near(5, {words("a"), phrase("b c"), marked(Query::Kind::Pattern, "d*", "")})},
      {"x a NEAR/5 b y", group({words("x"), near(5, {words("a"), words("b")}), words("y")})},
      {"titre:a NEAR/2 (b OU c)", near(2, {words("a", "title"), group({words("b", "title"), words("c", "title")})})},
      {"-a NEAR/2 b", group({must_not(near(2, {words("a"), words("b")}))})},
      {"NEAR NEAR/ NEAR/x", words("NEAR NEAR/ NEAR/x")},
  });
  const std::vector<std::pair<std::string_view, std::size_t>> errors = {{"mot~3", 3},
                                                                        {"\"a b\"~", 5},
                                                                        {"\"a b\"~0", 5},
                                                                        {"a^0", 2},
                                                                        {"a^1001", 2},
                                                                        {"a NEAR/0 b", 2},
                                                                        {"NEAR/2 a", 0},
                                                                        {"a NEAR/2", 2},
                                                                        {"a NEAR/2 b NEAR/3 c", 11},
                                                                        {"a NEAR/2 date:2022", 0},
                                                                        {"titre:a NEAR/2 auteur:b", 0},
                                                                        {"a NEAR/2 (b ET c)", 0}};
  for (const auto& [typed, offset] : errors) {
    CAPTURE(typed);
    const std::optional<Error> error = error_of(typed);
    REQUIRE(error);
    CHECK_EQ(error->offset(), offset);
  }
}

TEST_CASE("options of parsing") {
  Query list = group({words("a"), phrase("b c"), words("d")});
  list.match = list.children[0].match = list.children[2].match = 0.75;
  CHECK_EQ(shown(parse_query("a \"b c\" d", {.match = 0.75})), shown(list));
  CHECK_EQ(to_string(list), "a \"b c\" d");
  Query either = group({words("a"), words("b")});
  either.children[0].match = either.children[1].match = 1;
  CHECK_EQ(shown(parse_query("a OU b", {.match = 1})), shown(either));
  CHECK_EQ(shown(parse_query("Mali titre:\"coup d", {.forgive_quotes = true})),
           shown(group({words("Mali"), phrase("coup d", "title")})));
  CHECK_THROWS_AS(parse_query("a", {.match = 1.5}), Error);
  CHECK_EQ(error_of(repeated("+a ", 1001))->offset(), 3000);
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

TEST_CASE("every short string with distances, weights and wildcards is refused or comes back") {
  const Counts counts = round_trip_all({"a", " ", "~", "^", "2", "?", "*", "\"", "=", "\\", ")", "("}, 4);
  MESSAGE(counts.parsed << " of " << counts.tried << " strings are queries");
  CHECK_GT(counts.parsed, 3'000);
}

TEST_CASE("every short sequence with NEAR is refused or comes back") {
  const Counts counts =
      round_trip_all({"a ", "NEAR/2 ", "OU ", "+", "(", ") ", "\"a b\"~3 ", "titre:", "b~ ", "c^2 ", "x:>1 ", "* "}, 4);
  MESSAGE(counts.parsed << " of " << counts.tried << " sequences are queries");
  CHECK_GT(counts.parsed, 500);
}

TEST_CASE("every short sequence with stars is refused or comes back") {
  const Counts counts = round_trip_all({"a ", "* ", "(", ") ", "+", "OU "}, 7);
  MESSAGE(counts.parsed << " of " << counts.tried << " sequences are queries");
  CHECK_GT(counts.parsed, 3'000);
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

Query near_of(std::vector<Query> children) {
  Query near = group(std::move(children));
  near.kind = Query::Kind::Near;
  return near;
}

/// A tree of random shape and texts, of the kinds that have a spelling of their own.
Query random_query(std::mt19937& random, int levels) {
  static const std::vector<std::string> texts = {
      "a", "a b", " a", "a  b ", "ET", "x OU y",   "\u00A0", "590\u00A0000", "+a -b", "titre:a", "Mali: a", "(e)s",
      "/", "\\",  "\"", "« a »", ":",  "http://x", "=a",     "a*",           "a* b",  "=",       "*",       "a\\*"};
  const std::string text = texts[random() % texts.size()];
  const std::string field = random() % 2 == 0 ? "" : std::string(query_fields()[random() % 7].name);
  const auto with_distance = [&](Query query, unsigned most) {
    query.distance = 1 + static_cast<unsigned>(random() % most);
    return query;
  };
  static const std::vector<std::string> patterns = {"a*",  "*a",  "a*b", "w?rd", "a\\*b*", "=a*",
                                                    "/a*", "a^*", "a~*", "-a*",  "a:b*"};
  switch (random() % (levels > 0 ? 12 : 9)) {
    case 0:
      return words(text, field);
    case 1:
      return phrase(text, field);
    case 2:
      return with_distance(phrase(text, field), 5);
    case 3:
      return dates(random() % 2 == 0 ? "" : "2022", "2022-11");
    case 4:
      return marked(Query::Kind::Form, text, field);
    case 5:
      return marked(Query::Kind::Pattern, patterns[random() % patterns.size()], field);
    case 6:
      return with_distance(marked(Query::Kind::Fuzzy, text, field), 2);
    case 7:
      if (random() % 2 == 0) return marked(Query::Kind::Id, text, "");
      return marked(Query::Kind::Exists, "", random() % 2 == 0 ? "date" : "lectures");
    case 8:
      return with_distance(near_of({words(text), phrase(text), group({words("a"), phrase("b")})}), 9);
    default:
      break;
  }
  std::vector<Query> children;
  for (std::size_t count = 2 + random() % 3; children.size() < count;) {
    Query child = with(static_cast<Occur>(random() % 3), random_query(random, levels - 1));
    const bool filter =
        child.kind == Query::Kind::Dates || child.kind == Query::Kind::Exists || child.kind == Query::Kind::Id;
    if (!filter && random() % 4 == 0) child.weight = 0.5 + static_cast<double>(random() % 5);
    children.push_back(std::move(child));
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

// The rows of a page's tables that begin with a query.
std::vector<std::vector<std::string>> rows_of(const std::string& page) {
  std::ifstream document(LIMIER_SOURCE_DIR "/docs/" + page);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with("| `")) rows.push_back(cells(line));
  }
  return rows;
}

void check_page(const std::string& page, const std::function<std::string(const Message&)>& said) {
  int examples = 0;
  int errors = 0;
  for (const std::vector<std::string>& row : rows_of(page)) {
    CAPTURE(row.front());
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
    CHECK_EQ(said(error->message()), row[2]);
  }
  CHECK_GE(examples, 83);
  CHECK_GE(errors, 20);
}

TEST_CASE("docs/query-syntax.md says what the parser does") {
  check_page("query-syntax.md", [](const Message& message) { return message.text; });
}

TEST_CASE("docs/query-syntax.fr.md says in French what the parser does, by the same examples") {
  check_page("query-syntax.fr.md", test::in_french);
  const auto queries_of = [](const std::string& page) {
    std::vector<std::string> queries;
    for (const std::vector<std::string>& row : rows_of(page)) queries.push_back(row.front());
    return queries;
  };
  CHECK_EQ(queries_of("query-syntax.fr.md"), queries_of("query-syntax.md"));
}

}  // namespace
}  // namespace limier
