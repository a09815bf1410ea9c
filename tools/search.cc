#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explanation.h"
#include "facets.h"
#include "hit_formats.h"
#include "limier/error.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "limier/snippet.h"
#include "messages.h"
#include "names.h"
#include "options.h"
#include "output.h"
#include "search.h"
#include "search_formats.h"
#include "subcommands.h"
#include "terminal.h"
#include "translate.h"
#include "wrap.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::string_view_literals;

struct CommandOptions : SearchCommand {
  std::string first_word;  ///< The index, unless there are `indexes`.
  std::vector<std::string> words;
  QueryOptions query;
};

std::string paint_snippet(const Snippet& snippet, const fmt::text_style& base, const Painter& paint) {
  const std::string_view text = snippet.text;
  std::string painted;
  std::size_t done = 0;
  for (const Snippet::Range& range : snippet.highlights) {
    painted += paint(base, printable_line(text.substr(done, range.begin - done)));
    painted += paint(style::highlight, printable_line(text.substr(range.begin, range.end - range.begin)));
    done = range.end;
  }
  return painted + paint(base, printable_line(text.substr(done)));
}

/// `index` is named where there are several.
std::string format_origin(const Hit& hit, const std::string& index, const Painter& paint) {
  std::string line;
  const auto append = [&](const fmt::text_style& style, const std::string& value) {
    if (value.empty()) return;
    if (!line.empty()) line += " · ";
    line += paint(style, printable_line(value));
  };
  append(style::site, hit.document.site);
  append(style::date, date(hit.document.date));
  append(style::id, hit.id);
  append(style::label, index);
  return line;
}

/// A question that is being answered.
struct Session {
  Searcher& searcher;
  const Question& question;
  const SearchCommand& options;
  SearchResult result;
  std::optional<Suggestion> suggestion;

  /// All of the title, with its highlights.
  Snippet title_of(const Hit& hit) const {
    const std::string& title = hit.document.title;
    return make_snippet(title, result.wanted_in_title, searcher.analyzer(), {.length = title.size()});
  }

  Snippet passages_of(const Hit& hit) const {
    return make_snippet(hit.document.body, result.wanted_in_body, searcher.analyzer(), options.snippet);
  }

  std::string index_of(const Hit& hit) const { return options.indexes.size() > 1 ? options.indexes[hit.index] : ""; }

  std::vector<PlanLine> plan() { return searcher.describe(question.query, options.search); }

  ScoreShare explain(const Hit& hit) {
    return searcher.explain(question.query, hit.id, options.search, hit.index).value_or(ScoreShare{});
  }
};

/// Empty where none are hidden.
std::string format_hidden(const Hit& hit, Collapse collapse) {
  if (hit.hidden == 0) return "";
  return collapse == Collapse::Site ? tr_n("({} more of this site)", "({} more of this site)", hit.hidden)
                                    : tr_n("({} more nearly the same)", "({} more nearly the same)", hit.hidden);
}

/// A hit in words, its origin painted.
ShownHit show_hit(const Hit& hit, std::size_t rank, Session& session, const Painter& paint) {
  ShownHit shown{.rank = rank, .title = session.title_of(hit), .passages = session.passages_of(hit)};
  if (shown.title.text.empty()) shown.title.text = tr("(untitled)");
  shown.url = hit.document.url;
  shown.origin = format_origin(hit, session.index_of(hit), paint);
  shown.hidden = format_hidden(hit, session.options.search.collapse);
  if (session.options.explain) shown.explanation = format_share(session.explain(hit), 3);
  return shown;
}

std::string format_hit(const ShownHit& hit, const Painter& paint) {
  std::string text = fmt::format("{}. {}\n", hit.rank, paint_snippet(hit.title, style::title, paint));
  text += fmt::format("   {}\n", hit.origin);
  if (!hit.passages.text.empty()) text += fmt::format("   {}\n", paint_snippet(hit.passages, {}, paint));
  if (!hit.hidden.empty()) text += fmt::format("   {}\n", hit.hidden);
  return text + hit.explanation;
}

std::string format_heading(const SearchResult& result, std::size_t first) {
  std::string heading = tr_n("{} document", "{} documents", result.total);
  const std::uint64_t hidden = std::accumulate(result.hits.begin(), result.hits.end(), std::uint64_t{0},
                                               [](std::uint64_t sum, const Hit& hit) { return sum + hit.hidden; });
  if (!result.hits.empty() && result.hits.size() + hidden < result.total) {
    heading += tr(", {} to {} shown", number(first), number(first + result.hits.size() - 1));
  }
  if (result.any && *result.any != result.total) heading += tr("; any of the words: {}", number(*result.any));
  if (result.all && *result.all != result.total) heading += tr("; all of the words: {}", number(*result.all));
  return heading;
}

/// What the best hits say that an acronym of the query stands for, in the form of the synonyms' file; another spelling.
std::vector<std::string> format_advice(const Session& session) {
  constexpr std::size_t most = 3;
  std::vector<std::string> advice;
  for (const Acronym& known : session.result.acronyms | std::views::take(most))
    advice.push_back(tr("Also: {} = {}", printable_line(known.acronym), printable_line(known.expansion)));
  if (const auto& suggestion = session.suggestion)
    advice.push_back(tr_n("Did you mean: {1} ({0} document)", "Did you mean: {1} ({0} documents)", suggestion->total,
                          printable_line(to_string(suggestion->query))));
  return advice;
}

void print_text(Session& session) {
  const Painter paint(session.options.color);
  const SearchResult& result = session.result;
  const std::size_t first = session.options.search.offset + 1;
  if (session.options.explain) print(format_plan(session.plan()));
  print(format_heading(result, first) + '\n');
  for (const std::string& line : format_advice(session)) print(line + '\n');
  for (std::size_t i = 0; i < result.hits.size(); ++i) {
    const ShownHit hit = show_hit(result.hits[i], first + i, session, paint);
    print(wrapped_for_terminal('\n' + format_hit(hit, paint), 3));
  }
  for (const Facet& facet : result.facets) print('\n' + format_facet(facet, paint));
}

ShownResult show_result(Session& session) {
  const Painter paint("never");
  const std::size_t first = session.options.search.offset + 1;
  ShownResult shown;
  shown.heading = format_heading(session.result, first);
  shown.advice = format_advice(session);
  if (session.options.explain) shown.plan = format_plan(session.plan());
  for (const Hit& hit : session.result.hits) {
    shown.hits.push_back(show_hit(hit, first + shown.hits.size(), session, paint));
  }
  for (const Facet& facet : session.result.facets) shown.facets += format_facet(facet, paint);
  return shown;
}

void print_html(Session& session) { print(to_html(show_result(session))); }

void print_markdown(Session& session) { print(to_markdown(show_result(session))); }

Json snippet_to_json(const Snippet& snippet) {
  Json highlights = Json::array();
  for (const Snippet::Range& range : snippet.highlights) highlights.push_back({range.begin, range.end});
  return {{"text", snippet.text}, {"highlights", highlights}};
}

/// The document's keys are those of `limier show --json`; the body gives way to a snippet of it.
Json hit_to_json(const Hit& hit, std::size_t rank, Session& session) {
  Json document = Json::parse(to_json(hit.document));
  document.erase("body");
  const Json snippet = snippet_to_json(session.passages_of(hit));
  Json json = {{"rank", rank}, {"score", hit.score}, {"document", document}, {"snippet", snippet}};
  if (session.options.indexes.size() > 1) json["index"] = session.index_of(hit);
  if (hit.hidden > 0) json["hidden"] = hit.hidden;
  if (session.options.explain) json["explanation"] = share_to_json(session.explain(hit));
  return json;
}

/// The keys are those of docs/json.md.
void print_result_as_json(Session& session) {
  const SearchResult& result = session.result;
  const std::size_t offset = session.options.search.offset;
  Json hits = Json::array();
  for (const Hit& hit : result.hits) hits.push_back(hit_to_json(hit, offset + hits.size() + 1, session));
  Json json = {{"query", session.question.text}, {"total", result.total}, {"total_is_exact", result.total_is_exact}};
  if (result.any) json["any"] = *result.any;
  if (result.all) json["all"] = *result.all;
  if (session.suggestion) {
    json["suggestion"] = {{"query", to_string(session.suggestion->query)}, {"total", session.suggestion->total}};
  }
  json["offset"] = offset;
  json["hits"] = std::move(hits);
  if (!result.facets.empty()) json["facets"] = facets_to_json(result.facets);
  if (session.options.explain) json["plan"] = plan_to_json(session.plan());
  if (!result.acronyms.empty()) json["acronyms"] = acronyms_to_json(result.acronyms);
  for (const Message& warning : result.warnings) json["warnings"].push_back(warning.text);
  print_json(json);
}

void print_hits_as_json(Session& session) {
  std::size_t rank = session.options.search.offset;
  for (const Hit& hit : session.result.hits) print_json(hit_to_json(hit, ++rank, session));
}

void print_tsv(Session& session) {
  print_data(tsv_lines(session.result.hits, session.options.search.offset + 1, session.options.indexes));
}

void print_trec(Session& session) { print_data(trec_lines(session.result.hits, session.question.topic, "limier")); }

void print_ids(Session& session) { print_data(id_lines(session.result.hits, session.options.null ? "\0"sv : "\n"sv)); }

/// A value of --format, and what prints a result so.
struct Format {
  std::string_view name;
  void (*print)(Session&);
  std::string_view end = "\n"sv;  ///< What tells the reader of several answers that one is whole.
  bool remarks = true;            ///< Whether it shows how many documents have the words, and another spelling.
  bool documents = true;          ///< Whether it shows more of them than their ids.
};

constexpr Format formats[] = {
    {"text", print_text},
    {"html", print_html},
    {"markdown", print_markdown},
    {"json", print_result_as_json, ""sv},
    {"jsonl", print_hits_as_json, "\n"sv, false},
    {"tsv", print_tsv, "\n"sv, false},
    {"trec", print_trec, ""sv, false, false},
    {"ids", print_ids, "\n"sv, false, false},
};

const Format& format_of(const SearchCommand& options) {
  return *std::ranges::find(formats, options.format, &Format::name);
}

bool blames_query(const Error& error) {
  return error.code() == ErrorCode::QuerySyntax || error.code() == ErrorCode::InvalidArgument;
}

int answer_words(const CommandOptions& options) {
  Question question{.text = query_text(options.words), .query = {}};
  return with_caret(question.text, [&] {
    question.query = parse_query(question.text, options.query);
    Searcher searcher(options.indexes);
    return answer(searcher, question, options);
  });
}

/// A line of standard input; for a TREC run its topic may stand before a tab.
Question read_question(std::string line, std::size_t number, const CommandOptions& options) {
  if (line.ends_with('\r')) line.pop_back();
  Question question{.text = std::move(line), .query = {}, .topic = std::to_string(number), .line = number};
  const std::size_t tab = question.text.find('\t');
  if (options.format == "trec" && tab != std::string::npos) {
    question.topic = question.text.substr(0, tab);
    question.text.erase(0, tab + 1);
  }
  return question;
}

Json error_to_json(const Error& error, const std::string& query) {
  Json json = {{"query", query}, {"error", error.what()}};
  if (error.offset()) json["byte"] = *error.offset();
  return json;
}

int answer_line(Searcher& searcher, Question question, const CommandOptions& options) {
  try {
    question.query = parse_query(question.text, options.query);
    return answer(searcher, question, options);
  } catch (const Error& error) {
    if (!blames_query(error)) throw;
    complain(error, question.text, question.line);
    if (options.format == "json") print_json(error_to_json(error, question.text));
    return status::failed;
  }
}

/// Answers each line of standard input as it comes. Gives the gravest status: failed, else done where anything was
/// found.
int answer_lines(const CommandOptions& options) {
  Searcher searcher(options.indexes);
  finish_output();  // Whoever waits for an answer shall not wait for a pager.
  bool found = false, failed = false;
  std::size_t number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const int answered = answer_line(searcher, read_question(std::move(line), ++number, options), options);
    found = found || answered == status::done;
    failed = failed || answered == status::failed;
    print_data(options.null ? "\0"sv : format_of(options).end);
    finish_output();
  }
  if (std::ferror(stdin) != 0) throw Error(ErrorCode::Io, {tr("{}: cannot be read", tr("standard input")), {}});
  return failed ? status::failed : found ? status::done : status::nothing_found;
}

/// Without -i the first word is the index.
void tell_index_from_words(CommandOptions& options) {
  if (options.indexes.empty()) {
    options.indexes = {options.first_word};
  } else {
    options.words.insert(options.words.begin(), options.first_word);
  }
}

int run_search(CommandOptions options) {
  tell_index_from_words(options);
  options.query.today = options.search.ranking.today;
  settle_format(options);
  return query_text(options.words) == "-" ? answer_lines(options) : answer_words(options);
}

/// `any`, `all` or `75%`, as QueryOptions::match.
double parse_match(const std::string& spelling) {
  const std::string text = english_word(spelling);
  if (text == "any") return 0;
  if (text == "all") return 1;
  unsigned percent = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, percent);
  if (error != std::errc() || std::string_view(stopped, end) != "%" || percent > 100)
    throw CLI::ValidationError(tr("--match: any, all, or a share as 75%"));
  return percent / 100.0;
}

void add_matching_options(CLI::App& app, CommandOptions& options) {
  const auto match = [&options](const std::string& text) { options.query.match = parse_match(text); };
  app.add_option_function<std::string>("--match", match,
                                       tr("How many of the words a document has to have: any, all, or a share as 75%"))
      ->option_text(tr("any|all|N%"));
  app.add_flag("--cut-expansions", options.search.cut_expansions,
               tr("Of the words that a pattern stands for, look for the most frequent where they are too many"));
}

void add_format_options(CLI::App& app, SearchCommand& options) {
  std::vector<std::string_view> names;
  for (const Format& format : formats) names.push_back(format.name);
  CLI::Option* format = take_one_of(
      app.add_option(
          "--format", options.format,
          tr("How to print hits: for people, to be pasted into a page, as --json does, or a line each: JSON, "
             "values parted by tabs, a TREC run, ids")),
      fmt::format("{}", fmt::join(names, "|")));
  add_json_option(app, options.json)->excludes(format);
  app.add_flag("-0,--null", options.null, tr("End ids by NUL instead of a line's end, as xargs -0 reads them"));
  const auto passages = [&options](const std::size_t& most) {
    constexpr std::size_t bytes_each = 240;
    options.snippet = {.length = most * bytes_each, .passages = most};
  };
  app.add_option_function<std::size_t>("--passages", passages,
                                       tr("Show up to so many passages of each document, 1 to 3"))
      ->option_text("N")
      ->check(CLI::Range(1, 3));
}

void add_order_options(CLI::App& app, SearchCommand& options) {
  const auto sort = [&options](const std::string& word) {
    const std::string order = english_word(word);
    options.search.sort = order == "newest" ? Sort::Newest : order == "oldest" ? Sort::Oldest : Sort::Relevance;
  };
  take_one_of(
      app.add_option_function<std::string>("--sort", sort, tr("Which hits go first; those without a date go last")),
      tr("relevance|newest|oldest"), english_word);
  const auto collapse = [&options](const std::string& by) {
    options.search.collapse = by == "site" ? Collapse::Site : Collapse::Similar;
  };
  take_one_of(
      app.add_option_function<std::string>(
          "--collapse", collapse,
          tr("Of documents that are nearly the same, or of one site, show the first, and how many more there are")),
      tr("similar|site"), english_word)
      ->option_text(tr("[=similar|site]"));
}

void add_facet_options(CLI::App& app, SearchCommand& options) {
  const auto facet = [&options](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) options.search.facets.push_back(parse_facet(text));
  };
  app.add_option_function<std::vector<std::string>>(
         "--facet", facet,
         tr("Count the values of site, section, tag, author, source, language, year, or a named value"))
      ->option_text(tr("FIELD[:N]"))
      ->allow_extra_args(false);
  const auto histogram = [&options](const std::string& unit) {
    options.search.facets.push_back({.field = english_name(unit), .timeline = true});
  };
  take_one_of(app.add_option_function<std::string>("--histogram", histogram,
                                                   tr("Count the documents of each year, month or day")),
              tr("year|month|day"), english_name);
}

/// What the options say together is told before anything is done.
void check_options(const CommandOptions& options, bool has_query) {
  if (!has_query) throw CLI::RequiredError("QUERY");
  if (options.null && (options.json || options.format != "ids"))
    throw CLI::ValidationError(tr("-0 goes with --format ids"));
}

}  // namespace

std::string query_text(std::vector<std::string> words) {
  for (std::string& word : words) {
    if (word.starts_with(" -")) word.erase(0, 1);
  }
  return join_words(words);
}

nlohmann::ordered_json acronyms_to_json(const std::vector<Acronym>& acronyms) {
  Json json = Json::array();
  for (const auto& [acronym, expansion, documents] : acronyms)
    json.push_back({{"acronym", acronym}, {"expansion", expansion}, {"documents", documents}});
  return json;
}

void settle_format(SearchCommand& options) {
  if (options.json) options.format = "json";
  options.search.documents = format_of(options).documents;
  options.search.count_words = options.typed && format_of(options).remarks;
}

int answer(Searcher& searcher, const Question& question, const SearchCommand& options) {
  const Format& format = format_of(options);
  Session session{searcher, question, options, searcher.search(question.query, options.search), {}};
  if (options.typed && format.remarks) session.suggestion = searcher.suggest(question.query, options.search);
  for (const Message& warning : session.result.warnings) complain(translated(warning), question.line);
  format.print(session);
  return session.result.hits.empty() ? status::nothing_found : status::done;
}

int with_caret(const std::string& text, const std::function<int()>& action) {
  try {
    return action();
  } catch (const Error& error) {
    if (!blames_query(error)) throw;
    complain(error, text);
    return status::failed;
  }
}

void add_result_options(CLI::App& app, SearchCommand& options) {
  add_top_option(app, options.search.top);
  add_offset_option(app, options.search.offset);
  add_order_options(app, options);
  add_facet_options(app, options);
  app.add_flag("--explain", options.explain, tr("Show what is looked for, and what each score is the sum of"));
  add_color_option(app, options.color);
  add_format_options(app, options);
  add_ranking_options(app, options.search.ranking);
}

Subcommand add_search(CLI::App& app) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "search",
      tr("Find documents, the best first, with the passage that answers.\n"
         "Exit status 1 where nothing is found.\n"
         "Query: words are alternatives; \"a phrase\", +must, -not, ET, OU, SAUF, ( ), titre:, auteur:, site:, "
         "rubrique:, "
         "tag:, source:, date:2022-11, date:2022-11-23..2023-02."),
      {"limier search press.idx accord de coopération", "limier search press.idx 'titre:mali +armes -Russie'",
       "limier search press.idx '\"coup d’État\" ET date:2022-11'",
       "limier search -i 2023.idx -i 2024.idx --histogram month --facet site:5 putsch",
       "limier search --json --top 100 press.idx putsch | jq '.hits[].document.url'",
       "limier search -0 --format ids --top 1000 press.idx site:Sahel | xargs -0 limier delete press.idx --",
       "limier search --json press.idx - < queries.txt"});
  CLI::Option* index = add_index_option(*subcommand, options->first_word);
  CLI::Option* query = subcommand->add_option(
      "QUERY", options->words,
      tr("Words of the query, or - for queries from standard input: each line is answered as it comes"));
  const auto several = [options, index](const std::vector<std::string>& paths) {
    options->indexes = paths;
    index->required(false);  // The query's first word stands in its place.
  };
  subcommand->callback(
      [options, index, query] { check_options(*options, (options->indexes.empty() ? query : index)->count() > 0); });
  subcommand
      ->add_option_function<std::vector<std::string>>("-i,--index", several,
                                                      tr("Search this index; several are searched as if they were one"))
      ->option_text("INDEX")
      ->allow_extra_args(false);
  add_matching_options(*subcommand, *options);
  add_result_options(*subcommand, *options);
  return {subcommand, [options] { return run_search(*options); }, true};
}

}  // namespace limier::tools
