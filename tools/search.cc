#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explanation.h"
#include "facets.h"
#include "limier/error.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "limier/snippet.h"
#include "messages.h"
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
  Searcher searcher;
  const Query& query;
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

  ScoreShare explain(const Hit& hit) {
    return searcher.explain(query, hit.id, options.search, hit.index).value_or(ScoreShare{});
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
  if (result.any) heading += tr("; any of the words: {}, all: {}", number(*result.any), number(*result.all));
  return heading;
}

/// What the best hits say that an acronym of the query stands for, in the form of the synonyms' file.
std::string format_acronyms(const std::vector<Acronym>& acronyms) {
  constexpr std::size_t most = 3;
  std::string lines;
  for (std::size_t i = 0; i < std::min(acronyms.size(), most); ++i) {
    const auto& [acronym, expansion, documents] = acronyms[i];
    lines += tr("Also: {} = {}", printable_line(acronym), printable_line(expansion)) + '\n';
  }
  return lines;
}

std::string format_suggestion(const Suggestion& suggestion) {
  return tr_n("Did you mean: {1} ({0} document)", "Did you mean: {1} ({0} documents)", suggestion.total,
              printable_line(to_string(suggestion.query)));
}

void print_text(Session& session) {
  const Painter paint(session.options.color);
  const SearchResult& result = session.result;
  const std::size_t first = session.options.search.offset + 1;
  if (session.options.explain) print(printable_text(session.searcher.describe(session.query, session.options.search)));
  print(format_heading(result, first) + '\n' + format_acronyms(result.acronyms));
  if (session.suggestion) print(format_suggestion(*session.suggestion) + '\n');
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
  if (session.options.explain) shown.plan = session.searcher.describe(session.query, session.options.search);
  for (const Hit& hit : session.result.hits) {
    shown.hits.push_back(show_hit(hit, first + shown.hits.size(), session, paint));
  }
  for (const Facet& facet : session.result.facets) shown.facets += format_facet(facet, paint);
  return shown;
}

/// A value of --format, and what prints a result so.
struct Format {
  std::string name;
  void (*print)(Session&);
};

const std::vector<Format> formats = {
    {"text", print_text},
    {"html", [](Session& session) { print(to_html(show_result(session))); }},
    {"markdown", [](Session& session) { print(to_markdown(show_result(session))); }},
};

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
void print_json_result(const std::string& query, Session& session) {
  const SearchResult& result = session.result;
  const std::size_t offset = session.options.search.offset;
  Json hits = Json::array();
  for (const Hit& hit : result.hits) hits.push_back(hit_to_json(hit, offset + hits.size() + 1, session));
  Json json = {{"query", query}, {"total", result.total}, {"total_is_exact", result.total_is_exact}};
  if (result.any) json["any"] = *result.any;
  if (result.all) json["all"] = *result.all;
  if (session.suggestion) {
    json["suggestion"] = {{"query", to_string(session.suggestion->query)}, {"total", session.suggestion->total}};
  }
  json["offset"] = offset;
  json["hits"] = std::move(hits);
  if (!result.facets.empty()) json["facets"] = facets_to_json(result.facets);
  if (session.options.explain) json["plan"] = session.searcher.describe(session.query, session.options.search);
  if (!result.acronyms.empty()) json["acronyms"] = acronyms_to_json(result.acronyms);
  for (const Message& warning : result.warnings) json["warnings"].push_back(warning.text);
  print_json(json);
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
  const std::string text = query_text(options.words);
  return with_caret(text,
                    [&] { return answer(Searcher(options.indexes), parse_query(text, options.query), text, options); });
}

/// `any`, `all` or `75%`, as QueryOptions::match.
double parse_match(const std::string& text) {
  if (text == "any") return 0;
  if (text == "all") return 1;
  unsigned percent = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, percent);
  if (error != std::errc() || std::string_view(stopped, end) != "%" || percent > 100)
    throw CLI::ValidationError(tr("--match: any, all, or a share as 75%"));
  return percent / 100.0;
}

/// Words that are matched in part raise the question in how many documents they are all.
void add_matching_options(CLI::App& app, CommandOptions& options) {
  const auto match = [&options](const std::string& text) {
    options.query.match = parse_match(text);
    options.search.count_words = true;
  };
  app.add_option_function<std::string>("--match", match,
                                       tr("How many of the words a document has to have: any, all, or a share as 75%"))
      ->option_text("any|all|N%");
  app.add_flag("--cut-expansions", options.search.cut_expansions,
               tr("Of the words that a pattern stands for, look for the most frequent where they are too many"));
}

void add_format_options(CLI::App& app, SearchCommand& options) {
  std::vector<std::string> names;
  for (const Format& format : formats) names.push_back(format.name);
  app.add_option("--format", options.format, tr("Print text, or what can be pasted into a page"))
      ->option_text(fmt::format("{}", fmt::join(names, "|")))
      ->check(CLI::IsMember(names))
      ->excludes("--json");
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
  const auto sort = [&options](const std::string& order) {
    options.search.sort = order == "newest" ? Sort::Newest : order == "oldest" ? Sort::Oldest : Sort::Relevance;
  };
  app.add_option_function<std::string>("--sort", sort, tr("Which hits go first; those without a date go last"))
      ->option_text("relevance|newest|oldest")
      ->check(CLI::IsMember({"relevance", "newest", "oldest"}));
  const auto collapse = [&options](const std::string& by) {
    options.search.collapse = by == "site" ? Collapse::Site : Collapse::Similar;
  };
  app.add_option_function<std::string>(
         "--collapse", collapse,
         tr("Of documents that are nearly the same, or of one site, show the first, and how many more there are"))
      ->option_text("[=similar|site]")
      ->check(CLI::IsMember({"similar", "site"}));
}

void add_facet_options(CLI::App& app, SearchCommand& options) {
  const auto facet = [&options](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) options.search.facets.push_back(parse_facet(text));
  };
  app.add_option_function<std::vector<std::string>>(
         "--facet", facet,
         tr("Count the values of site, section, tag, author, source, language, year, or a named value"))
      ->option_text("FIELD[:N]")
      ->allow_extra_args(false);
  const auto histogram = [&options](const std::string& unit) {
    options.search.facets.push_back({.field = unit, .timeline = true});
  };
  app.add_option_function<std::string>("--histogram", histogram, tr("Count the documents of each year, month or day"))
      ->option_text("year|month|day")
      ->check(CLI::IsMember({"year", "month", "day"}));
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

int answer(Searcher searcher, const Query& query, const std::string& text, const SearchCommand& options) {
  Session session{std::move(searcher), query, options, {}, {}};
  session.result = session.searcher.search(query, options.search);
  if (options.suggest) session.suggestion = session.searcher.suggest(query, options.search);
  for (const Message& warning : session.result.warnings) complain(translated(warning));
  if (options.json) {
    print_json_result(text, session);
  } else {
    std::ranges::find(formats, options.format, &Format::name)->print(session);
  }
  return session.result.hits.empty() ? status::nothing_found : status::done;
}

int with_caret(const std::string& text, const std::function<int()>& action) {
  try {
    return action();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::QuerySyntax) throw;
    complain(error, text);
    return status::failed;
  }
}

void add_result_options(CLI::App& app, SearchCommand& options) {
  add_top_option(app, options.search.top, tr("How many documents, the best ones"));
  add_offset_option(app, options.search.offset);
  add_order_options(app, options);
  add_facet_options(app, options);
  app.add_flag("--explain", options.explain, tr("Show what is looked for, and what each score is the sum of"));
  add_color_option(app, options.color);
  add_json_option(app, options.json);
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
       "limier search --json --top 100 press.idx putsch | jq '.hits[].document.url'"});
  add_index_option(*subcommand, options->first_word);
  CLI::Option* query = subcommand->add_option("QUERY", options->words, tr("Words of the query"))->required();
  const auto several = [options, query](const std::vector<std::string>& paths) {
    options->indexes = paths;
    query->required(false);  // Its first word stands in the place of the index.
  };
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
